package io.github.hasura4j.spring.delivery;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import javax.sql.DataSource;

import io.github.hasura4j.client.metadata.EventTriggers;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/** The contract on a database, where work and mark are one. */
abstract class JdbcStoreContract extends StoreContract {

    abstract DataSource dataSource();

    @BeforeEach
    void empty() {
        Database.of(dataSource()).createSchema(dataSource());
        JdbcTemplate jdbc = new JdbcTemplate(dataSource());
        jdbc.execute("CREATE TABLE IF NOT EXISTS effect (id VARCHAR(100) NOT NULL)");
        for (String table : List.of("hasura_inbox", "hasura_order", "hasura_dead_letter", "effect")) {
            jdbc.update("DELETE FROM " + table);
        }
    }

    @Override
    InboxStore inbox() {
        return new JdbcInboxStore(dataSource(), clock, false);
    }

    @Override
    OrderStore order() {
        return new JdbcOrderStore(dataSource(), clock, false);
    }

    @Override
    HandlerTransactions transactions() {
        return new SpringHandlerTransactions(new JdbcTransactionManager(dataSource()));
    }

    @Override
    void work(String id) {
        new JdbcTemplate(dataSource()).update("INSERT INTO effect (id) VALUES (?)", id);
    }

    @Override
    int worked(String id) {
        return new JdbcTemplate(dataSource())
                .queryForObject("SELECT COUNT(*) FROM effect WHERE id = ?", Integer.class, id);
    }

    @Test
    void refusesATransactionOfAnotherDatabase() throws Exception {
        HandlerTransactions foreign =
                new SpringHandlerTransactions(new JdbcTransactionManager(new DelegatingDataSource(dataSource())));

        InboxStore inbox = inbox();

        assertThatIllegalStateException()
                .isThrownBy(() -> foreign.run(() -> {
                    inbox.requireTransaction();
                    return "";
                }))
                .withMessageContaining("same DataSource");
    }

    @Test
    void doesItsWorkEvenIfOldMarksCannotBeDeleted() {
        JdbcTemplate jdbc = new JdbcTemplate(dataSource());
        InboxStore broken = (InboxStore) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {InboxStore.class},
                (proxy, method, arguments) -> method.getName().equals("deleteDoneBefore")
                        ? jdbc.update("DELETE FROM nowhere")
                        : method.invoke(inbox(), arguments));
        try (Instance one = instance(handlers(this::work), broken)) {
            clock.advance(Duration.ofHours(1));

            assertThat(one.event("latest", "a").status()).isEqualTo(200);
            assertThat(one.event("latest", "a").status()).isEqualTo(200);
            assertThat(worked("a")).isEqualTo(1);
        }
    }

    @Test
    void keepsDeadLettersToBeListedAndForgotten() {
        JdbcDeadLetters letters = new JdbcDeadLetters(dataSource(), true);
        DeadLetter letter = new DeadLetter(
                WebhookKind.EVENT,
                "order",
                "e1",
                "{\"ü\": 1}",
                "java.lang.Exception",
                null,
                Instant.parse("2026-01-01T00:00:00.123Z"));
        letters.handle(letter, new Exception());

        List<JdbcDeadLetters.Stored> stored = letters.list(10);
        assertThat(stored).extracting(JdbcDeadLetters.Stored::letter).containsExactly(letter);
        letters.delete(stored.get(0).id());
        assertThat(letters.list(10)).isEmpty();
    }

    @Test
    void redeliversThroughTheEngineAndForgetsTheLetterThen() {
        JdbcDeadLetters letters = new JdbcDeadLetters(dataSource(), false);
        for (WebhookKind kind : List.of(WebhookKind.EVENT, WebhookKind.SCHEDULED)) {
            letters.handle(
                    new DeadLetter(kind, "order", "e-" + kind, "{}", "X", "x", clock.instant()), new Exception());
        }
        List<Object> redelivered = new ArrayList<>();
        EventTriggers engine = (EventTriggers) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EventTriggers.class}, (proxy, method, arguments) -> {
                    redelivered.add(method.getName() + " " + arguments[0]);
                    return null;
                });
        List<JdbcDeadLetters.Stored> stored = letters.list(10);

        letters.redeliver(stored.get(0).id(), engine);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> letters.redeliver(stored.get(0).id(), engine))
                .withMessageContaining("no dead letter");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> letters.redeliver(stored.get(1).id(), engine))
                .withMessageContaining("events only");

        assertThat(redelivered).containsExactly("redeliver e-" + WebhookKind.EVENT);
        assertThat(letters.list(10)).containsExactly(stored.get(1));
    }

    @Test
    void keepsALeaseOverSeveralStoresOutsideOfTransactions() {
        List<InboxStore.Claim> claims = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            claims.add(inbox().claim(new InboxKey("h", "x".repeat(300)), Duration.ofMinutes(1)));
        }
        assertThat(claims.get(0)).isInstanceOf(InboxStore.Claim.Granted.class);
        assertThat(claims.subList(1, 3)).allMatch(InboxStore.Claim.Held.class::isInstance);
    }
}
