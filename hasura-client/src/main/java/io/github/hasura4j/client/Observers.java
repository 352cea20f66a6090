package io.github.hasura4j.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** All observers as one; what one of them throws is its own affair. */
final class Observers implements ClientObserver {

    private final List<ClientObserver> all;

    Observers(List<ClientObserver> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void sending(ClientOperation operation, int attempt) {
        tell(each -> each.sending(operation, attempt));
    }

    @Override
    public void answering(ClientOperation operation, int attempt, int status) {
        tell(each -> each.answering(operation, attempt, status));
    }

    @Override
    public void repeating(ClientOperation operation, int attempt, Duration delay, HasuraException failure) {
        tell(each -> each.repeating(operation, attempt, delay, failure));
    }

    @Override
    public void answered(ClientResponse response) {
        tell(each -> each.answered(response));
    }

    @Override
    public void failed(ClientOperation operation, RuntimeException failure) {
        tell(each -> each.failed(operation, failure));
    }

    private void tell(Consumer<ClientObserver> what) {
        for (ClientObserver each : all) {
            try {
                what.accept(each);
            } catch (RuntimeException e) {
                // A call does not fail because somebody watches it.
            }
        }
    }
}
