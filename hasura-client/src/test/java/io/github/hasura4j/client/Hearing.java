package io.github.hasura4j.client;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what a listener is told. */
final class Hearing implements SubscriptionListener {

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final List<RuntimeException> causes = new CopyOnWriteArrayList<>();

    /** Waits until exactly this was heard. */
    void await(String... events) {
        Await.until(() -> heard.equals(List.of(events)), () -> "heard " + heard + " " + causes);
    }

    RuntimeException lastCause() {
        return causes.get(causes.size() - 1);
    }

    @Override
    public void connecting() {
        heard.add("connecting");
    }

    @Override
    public void connected() {
        heard.add("connected");
    }

    @Override
    public void interrupted(RuntimeException cause, int attempt) {
        causes.add(cause);
        heard.add("interrupted " + attempt);
    }

    @Override
    public void resumed() {
        heard.add("resumed");
    }

    @Override
    public void completed() {
        heard.add("completed");
    }

    @Override
    public void failed(RuntimeException cause) {
        causes.add(cause);
        heard.add("failed");
    }
}
