package io.github.hasura4j.spring.delivery;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Keeps order in the table {@code hasura_order} of PostgreSQL, MySQL 8, MariaDB 10.6 or H2: a turn is the lock of a row, and ends
 * with the transaction, also where the process dies.
 */
public final class JdbcOrderStore implements OrderStore {

    private final JdbcTemplate jdbc;
    private final OwnTransactions transactions;
    private final InstantSource clock;
    private final Database database;

    /** @param createSchema whether to make the tables that are not there */
    public JdbcOrderStore(DataSource dataSource, InstantSource clock, boolean createSchema) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.transactions = new OwnTransactions(dataSource);
        this.clock = clock;
        this.database = Database.of(dataSource);
        if (createSchema) {
            database.createSchema(dataSource);
        }
    }

    private record Row(@Nullable Position last) {}

    @Override
    public boolean joinsTransactions() {
        return true;
    }

    @Override
    public void prepare(InboxKey key) {
        Integer known = jdbc.queryForObject(
                "SELECT COUNT(*) FROM hasura_order WHERE handler = ? AND order_key = ?",
                Integer.class,
                key.handler(),
                key.id());
        if (known == null || known == 0) {
            transactions.committed(() -> database.insertIfAbsent(
                    jdbc,
                    "INTO hasura_order (handler, order_key, used_at) VALUES (?, ?, ?)",
                    key.handler(),
                    key.id(),
                    clock.millis()));
        }
    }

    @Override
    public @Nullable Turn take(InboxKey key) {
        transactions.requireOneAround();
        List<Row> rows = jdbc.query(
                """
                SELECT created_at, event_id FROM hasura_order WHERE handler = ? AND order_key = ? \
                FOR UPDATE SKIP LOCKED""",
                (row, number) -> {
                    String id = row.getString("event_id");
                    return new Row(
                            id == null
                                    ? null
                                    : new Position(
                                            Instant.EPOCH.plus(row.getLong("created_at"), ChronoUnit.MICROS), id));
                },
                key.handler(),
                key.id());
        return rows.isEmpty() ? null : new RowTurn(key, rows.get(0).last());
    }

    /** A key whose events are never compared is forgotten by its age; one whose turn somebody has is left for later. */
    @Override
    public int deleteUnusedSince(Instant time, int limit) {
        return transactions.together(() -> deleteFree(time.toEpochMilli(), limit));
    }

    private int deleteFree(long time, int limit) {
        List<Object[]> unused = jdbc.query(
                """
                SELECT handler, order_key FROM hasura_order WHERE used_at < ? ORDER BY used_at LIMIT %d \
                FOR UPDATE SKIP LOCKED""".formatted(limit), (row, number) -> new Object[] {row.getString(1), row.getString(2)}, time);
        if (!unused.isEmpty()) {
            jdbc.batchUpdate("DELETE FROM hasura_order WHERE handler = ? AND order_key = ?", unused);
        }
        return unused.size();
    }

    private final class RowTurn implements Turn {

        private final InboxKey key;
        private final @Nullable Position last;

        RowTurn(InboxKey key, @Nullable Position last) {
            this.key = key;
            this.last = last;
        }

        @Override
        public @Nullable Position last() {
            return last;
        }

        @Override
        public void handled(Position position) {
            jdbc.update(
                    "UPDATE hasura_order SET created_at = ?, event_id = ?, used_at = ? WHERE handler = ? AND order_key = ?",
                    ChronoUnit.MICROS.between(Instant.EPOCH, position.createdAt()),
                    position.id(),
                    clock.millis(),
                    key.handler(),
                    key.id());
        }

        /** Nothing: the lock goes with the transaction. */
        @Override
        public void close() {}
    }
}
