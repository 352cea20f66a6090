package io.github.hasura4j.spring.delivery;

import java.util.Collection;
import java.util.Optional;

import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookInterceptor;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;

/** Work and events in one transaction. */
final class PublicationInterceptor implements WebhookInterceptor {

    private final HandlerTransactions transactions;
    private final ApplicationEventPublisher publisher;

    PublicationInterceptor(HandlerTransactions transactions, ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.publisher = publisher;
    }

    @Override
    public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
        return transactions.<@Nullable Object>run(() -> {
            publish(chain.proceed());
            return null;
        });
    }

    private void publish(@Nullable Object result) {
        if (result instanceof Collection<?> several) {
            several.forEach(this::publish);
        } else if (result instanceof Optional<?> perhaps) {
            publish(perhaps.orElse(null));
        } else if (result != null) {
            publisher.publishEvent(result);
        }
    }
}
