package io.github.hasura4j.spring.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PublicationTests {

    private final SettableClock clock = new SettableClock();
    private final JdbcConnectionPool database = JdbcConnectionPool.create("jdbc:h2:mem:publication", "sa", "");
    private final InboxStore inbox = new JdbcInboxStore(database, clock, true);
    private final HandlerTransactions transactions =
            new SpringHandlerTransactions(new JdbcTransactionManager(database));

    private final List<Object> published = new ArrayList<>();
    private ApplicationEventPublisher publisher = event -> {
        assertThat(TransactionSynchronizationManager.isActualTransactionActive())
                .isTrue();
        published.add(event);
    };

    @AfterEach
    void dispose() {
        database.dispose();
    }

    private Instance instance(Object bean) {
        return new Instance(
                bean,
                new IdempotencyAdvisor(() -> inbox, () -> transactions, InboxSettings.defaults(), new Random(1)),
                new PublicationAdvisor(() -> transactions, event -> publisher.publishEvent(event)));
    }

    record Row(int id) {}

    static class Handlers {

        @HasuraEvent
        @PublishAsApplicationEvent
        String one(Row row) {
            return "one";
        }

        @HasuraEvent
        @PublishAsApplicationEvent
        List<Object> several(Row row) {
            return List.of("a", Optional.of("b"), Optional.empty());
        }

        @HasuraEvent
        @PublishAsApplicationEvent
        String none(Row row) {
            return null;
        }

        @HasuraEvent
        @Idempotent
        @PublishAsApplicationEvent
        String once(Row row) {
            return "once";
        }

        @HasuraEvent
        String plain(Row row) {
            return "for the engine's log";
        }

        @HasuraScheduled
        @PublishAsApplicationEvent
        String tick() {
            return "tick";
        }
    }

    @Test
    void isWhatTheHandlerReturnsAndNothingForTheEngine() {
        try (Instance instance = instance(new Handlers())) {
            assertThat(instance.event("one", "e1").body()).isEqualTo("{}");
            instance.event("several", "e2");
            instance.event("none", "e3");
            instance.scheduled("tick", "2026-01-01T00:00:00Z");

            assertThat(published).containsExactly("one", "a", "b", "tick");
        }
    }

    @Test
    void leavesOtherHandlersAlone() {
        try (Instance instance = instance(new Handlers())) {
            assertThat(instance.event("plain", "e1").body()).isEqualTo("\"for the engine's log\"");
            assertThat(published).isEmpty();
        }
    }

    @Test
    void isRepeatedOnlyUntilMarkAndEventAreCommittedTogether() {
        try (Instance instance = instance(new Handlers())) {
            ApplicationEventPublisher working = publisher;
            publisher = event -> {
                throw new IllegalStateException("no registry");
            };
            assertThat(instance.event("once", "e1").status()).isEqualTo(500);

            publisher = working;
            assertThat(instance.event("once", "e1").status()).isEqualTo(200);
            assertThat(instance.event("once", "e1").status()).isEqualTo(200);

            assertThat(published).containsExactly("once");
        }
    }

    static class Silent {
        @HasuraEvent
        @PublishAsApplicationEvent
        void silent(Row row) {}
    }

    static class Later {
        @HasuraEvent
        @PublishAsApplicationEvent
        CompletableFuture<String> later(Row row) {
            return CompletableFuture.completedFuture("");
        }
    }

    static class Answering {
        @HasuraAction
        @PublishAsApplicationEvent
        String answer() {
            return "";
        }
    }

    static class Apart {
        @HasuraEvent
        @PublishAsApplicationEvent
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        String apart(Row row) {
            return "";
        }
    }

    static class Elsewhere {
        @HasuraEvent
        @PublishAsApplicationEvent
        @Transactional("other")
        String elsewhere(Row row) {
            return "";
        }
    }

    static class OnceElsewhere {
        @HasuraEvent
        @Idempotent
        @Transactional("other")
        void elsewhere(Row row) {}
    }

    static class OnceApart {
        @HasuraEvent
        @Idempotent
        @PublishAsApplicationEvent
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        String apart(Row row) {
            return "";
        }
    }

    private void refuses(Object handlers, String message) {
        assertThatThrownBy(() -> instance(handlers))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining(message);
    }

    @Test
    void isRefusedWhereItCannotWork() {
        refuses(new Silent(), "returns nothing to publish");
        refuses(new Later(), "answers later");
        refuses(new Answering(), "is the answer to the engine");
        refuses(
                new Apart(),
                "propagation REQUIRES_NEW, so its work would not be in one transaction with its application events. Remove");
        refuses(
                new Elsewhere(),
                "manager 'other', but the transaction of its application events is the primary one's. Remove the name");
        refuses(
                new OnceElsewhere(),
                "manager 'other', but the transaction of its mark is the primary one's. Remove the name, or use mode = LEASE");
        refuses(new OnceApart(), "one transaction with its mark and application events");
        assertThatThrownBy(() -> new Instance(new Handlers(), new PublicationAdvisor(() -> null, event -> {})))
                .isInstanceOf(InvalidHandlerException.class)
                .hasMessageContaining("no transaction to publish in");
    }
}
