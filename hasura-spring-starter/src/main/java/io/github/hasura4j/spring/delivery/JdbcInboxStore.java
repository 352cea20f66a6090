package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps marks in the table {@code hasura_inbox} of PostgreSQL, MySQL, MariaDB or H2, in the transaction of the thread if it has
 * one. The table's SQL stands beside this class: {@code schema-postgresql.sql} and so on.
 */
public final class JdbcInboxStore implements InboxStore {

    private static final int TRIES = 5;

    private final JdbcTemplate jdbc;
    private final OwnTransactions transactions;
    private final InstantSource clock;
    private final Database database;

    /** @param createSchema whether to make the tables that are not there; for production, do so with the tool you have for it */
    public JdbcInboxStore(DataSource dataSource, InstantSource clock, boolean createSchema) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new OwnTransactions(dataSource);
        this.clock = clock;
        this.database = Database.of(dataSource);
        if (createSchema) {
            database.createSchema(dataSource);
        }
    }

    private record Row(
            String token,
            long leaseUntil,
            boolean done,
            @Nullable String answer) {}

    @Override
    public boolean joinsTransactions() {
        return true;
    }

    @Override
    public void requireTransaction() {
        transactions.requireOneAround();
    }

    @Override
    public Claim claim(InboxKey key, Duration lease) {
        try {
            return transactions.committed(() -> tryToClaim(key, lease));
        } catch (ConcurrencyFailureException | QueryTimeoutException e) {
            // The other delivery's transaction outlasts the database's patience.
            return new Claim.Held(clock.instant());
        }
    }

    private Claim tryToClaim(InboxKey key, Duration lease) {
        String token = UUID.randomUUID().toString();
        for (int i = 0; i < TRIES; i++) {
            long now = clock.millis();
            long until = now + lease.toMillis();
            if (database.insertIfAbsent(
                    jdbc,
                    "INTO hasura_inbox (handler, event_id, token, lease_until) VALUES (?, ?, ?, ?)",
                    key.handler(),
                    key.id(),
                    token,
                    until)) {
                return new Claim.Granted(token);
            }
            Row row = find(key);
            if (row == null) {
                continue; // Released meanwhile.
            }
            if (row.done()) {
                return new Claim.Done(row.answer());
            }
            if (row.leaseUntil() > now) {
                return new Claim.Held(Instant.ofEpochMilli(row.leaseUntil()));
            }
            if (jdbc.update("""
                            UPDATE hasura_inbox SET token = ?, lease_until = ? \
                            WHERE handler = ? AND event_id = ? AND token = ? AND done_at IS NULL""", token, until, key.handler(), key.id(), row.token()) == 1) {
                return new Claim.Granted(token);
            }
        }
        throw new CannotAcquireLockException("The mark of %s changes all the time".formatted(key));
    }

    private @Nullable Row find(InboxKey key) {
        // A locking read, since a plain one may show MySQL's snapshot of an older time.
        List<Row> rows = jdbc.query(
                "SELECT token, lease_until, done_at, answer FROM hasura_inbox WHERE handler = ? AND event_id = ? FOR UPDATE",
                (row, number) -> new Row(
                        row.getString("token"),
                        row.getLong("lease_until"),
                        row.getObject("done_at") != null,
                        row.getString("answer")),
                key.handler(),
                key.id());
        return rows.isEmpty() ? null : rows.get(0);
    }

    @Override
    public boolean complete(InboxKey key, Claim.Granted claim, @Nullable String answer) {
        return transactions.committed(
                () -> jdbc.update("""
                        UPDATE hasura_inbox SET done_at = ?, answer = ? \
                        WHERE handler = ? AND event_id = ? AND token = ? AND done_at IS NULL""", clock.millis(), answer, key.handler(), key.id(), claim.token()) == 1);
    }

    @Override
    public void release(InboxKey key, Claim.Granted claim) {
        transactions.committed(() -> jdbc.update(
                "DELETE FROM hasura_inbox WHERE handler = ? AND event_id = ? AND token = ? AND done_at IS NULL",
                key.handler(),
                key.id(),
                claim.token()));
    }

    @Override
    public int deleteDoneBefore(Instant time, int limit) {
        return transactions.committed(() -> delete(time, limit));
    }

    private int delete(Instant time, int limit) {
        // By their keys, since no two databases agree on a limit for DELETE.
        List<Object[]> old = jdbc.query(
                "SELECT handler, event_id FROM hasura_inbox WHERE done_at < ? ORDER BY done_at LIMIT " + limit,
                (row, number) -> new Object[] {row.getString(1), row.getString(2)},
                time.toEpochMilli());
        if (!old.isEmpty()) {
            jdbc.batchUpdate(
                    "DELETE FROM hasura_inbox WHERE handler = ? AND event_id = ? AND done_at IS NOT NULL", old);
        }
        return old.size();
    }
}
