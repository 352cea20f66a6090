package io.github.hasura4j.spring.delivery;

import java.util.function.Supplier;

import io.github.hasura4j.spring.AdvisedHandler;
import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;

/** Publishes what handlers with {@link PublishAsApplicationEvent} return, and nothing of the others. */
@Order(PublicationAdvisor.ORDER)
public final class PublicationAdvisor implements HandlerAdvisor {

    /** Inside of {@link IdempotencyAdvisor}, so that its transaction holds the events as well. */
    public static final int ORDER = 250;

    private final Supplier<@Nullable HandlerTransactions> transactions;
    private final ApplicationEventPublisher publisher;

    /** @param transactions asked when a handler needs them; gives null where there are none, which is a mistake then */
    public PublicationAdvisor(
            Supplier<@Nullable HandlerTransactions> transactions, ApplicationEventPublisher publisher) {
        this.transactions = transactions;
        this.publisher = publisher;
    }

    @Override
    public @Nullable WebhookInterceptor interceptor(AdvisedHandler handler) {
        if (handler.annotation(PublishAsApplicationEvent.class) == null) {
            return null;
        }
        if (handler.kind() != WebhookKind.EVENT && handler.kind() != WebhookKind.SCHEDULED) {
            throw new InvalidHandlerException("""
                    %s has @PublishAsApplicationEvent, but what it returns is the answer to the engine. Publish with an \
                    ApplicationEventPublisher""".formatted(handler));
        }
        Class<?> returned = handler.returnType().resolve(Object.class);
        if (returned == void.class || returned == Void.class) {
            throw new InvalidHandlerException(
                    "%s has @PublishAsApplicationEvent and returns nothing to publish. Return the event"
                            .formatted(handler));
        }
        if (handler.isAsynchronous()) {
            throw new InvalidHandlerException("""
                    %s has @PublishAsApplicationEvent and answers later, but its transaction ends when the method returns. \
                    Return the event itself""".formatted(handler));
        }
        HandlerTransactions own = transactions.get();
        if (own == null) {
            throw new InvalidHandlerException("""
                    %s has @PublishAsApplicationEvent, but there is no transaction to publish in. Add \
                    spring-boot-starter-jdbc and a DataSource, or declare a HandlerTransactions bean""".formatted(handler));
        }
        own.requireJoining(handler);
        return new PublicationInterceptor(own, publisher);
    }
}
