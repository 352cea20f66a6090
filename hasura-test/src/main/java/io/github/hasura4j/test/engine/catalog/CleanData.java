package io.github.hasura4j.test.engine.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The data of the user's tables as they were at a moment, and the way back to it: what migrations and seeds have put in stays, the
 * rest goes. Most tables are empty at that moment and cost nothing; the others are copied beside.
 *
 * <p>Going back fires no trigger and checks no foreign key, so it causes no event and knows no order. Only tables that changed are
 * written.
 */
public final class CleanData {

    private static final String COPIES = "hdb_local_copies";

    private static final String USERS_SCHEMA =
            "%s NOT IN ('information_schema', 'hdb_catalog', '" + COPIES + "') AND %s NOT LIKE 'pg\\_%%'";

    private static final String TABLES = """
            SELECT format('%%I.%%I', n.nspname, c.relname), c.relkind = 'p',
                (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
                 WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND %s
                AND NOT EXISTS (SELECT 1 FROM pg_depend d
                    WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
            ORDER BY 1""".formatted(USERS_SCHEMA.formatted("n.nspname", "n.nspname"));

    private static final String SEQUENCES =
            "SELECT format('%I.%I', schemaname, sequencename), last_value, start_value FROM pg_sequences WHERE "
                    + USERS_SCHEMA.formatted("schemaname", "schemaname");

    private final PostgresServer postgres;
    private final Map<String, Copy> copies = new LinkedHashMap<>();
    private final Map<String, Position> sequences = new LinkedHashMap<>();

    private CleanData(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /**
     * A table.
     *
     * @param name with its schema, quoted
     * @param partitioned whether its rows are in its partitions
     * @param columns those that can be written, quoted; null if there are none
     */
    private record Table(
            String name, boolean partitioned, @Nullable String columns) {

        String rows() {
            return (partitioned ? "" : "ONLY ") + name;
        }

        String fingerprint() {
            return "(SELECT count(*) || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0) FROM " + rows()
                    + " AS t)";
        }
    }

    /** A copy of a table that was not empty. */
    private record Copy(String name, String fingerprint) {}

    /** Where a sequence stands; last is null if nobody has taken a number. */
    private record Position(@Nullable Long last, long start) {}

    /** Remembers the data as they are now. */
    public static CleanData of(PostgresServer postgres) throws SQLException {
        CleanData clean = new CleanData(postgres);
        try (Connection connection = postgres.connection();
                Statement statement = connection.createStatement()) {
            List<Table> filled = filled(statement, tables(statement));
            if (!filled.isEmpty()) {
                statement.execute("CREATE SCHEMA " + COPIES);
                clean.copy(filled, statement);
            }
            clean.sequences.putAll(sequences(statement));
        }
        return clean;
    }

    private void copy(List<Table> filled, Statement statement) throws SQLException {
        List<String> fingerprints =
                row(statement, filled.stream().map(Table::fingerprint).toList());
        for (int i = 0; i < filled.size(); i++) {
            Table table = filled.get(i);
            String name = COPIES + ".copy_" + i;
            statement.execute("CREATE UNLOGGED TABLE " + name + " AS SELECT "
                    + Objects.requireNonNullElse(table.columns(), "") + " FROM " + table.rows());
            copies.put(table.name(), new Copy(name, String.valueOf(fingerprints.get(i))));
        }
    }

    /**
     * Makes the data what they were.
     *
     * @param also statements that belong to it, in the same transaction
     */
    public void restore(List<String> also) throws SQLException {
        try (Connection connection = postgres.connection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = '10s'; SET LOCAL session_replication_role = replica");
                List<Table> tables = tables(statement);
                for (Table table : changed(statement, tables)) {
                    statement.addBatch("DELETE FROM " + table.rows());
                    Copy copy = copies.get(table.name());
                    if (copy != null && table.columns() != null) {
                        statement.addBatch("INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE SELECT * FROM %s"
                                .formatted(table.name(), table.columns(), copy.name()));
                    }
                }
                for (Map.Entry<String, Position> now : sequences(statement).entrySet()) {
                    Position then = sequences.getOrDefault(
                            now.getKey(), new Position(null, now.getValue().start()));
                    if (!then.equals(now.getValue())) {
                        statement.addBatch("SELECT setval('%s'::regclass, %d, %s)"
                                .formatted(
                                        now.getKey().replace("'", "''"),
                                        then.last() == null ? then.start() : then.last(),
                                        then.last() != null));
                    }
                }
                for (String each : also) {
                    statement.addBatch(each);
                }
                statement.executeBatch();
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private List<Table> changed(Statement statement, List<Table> tables) throws SQLException {
        List<Table> changed = new ArrayList<>();
        List<Table> copied = tables.stream()
                .filter(table -> copies.containsKey(table.name()))
                .toList();
        List<Table> empty = tables.stream()
                .filter(table -> !copies.containsKey(table.name()))
                .toList();
        changed.addAll(filled(statement, empty));
        List<String> fingerprints =
                row(statement, copied.stream().map(Table::fingerprint).toList());
        for (int i = 0; i < copied.size(); i++) {
            Copy copy = Objects.requireNonNull(copies.get(copied.get(i).name()));
            if (!copy.fingerprint().equals(fingerprints.get(i))) {
                changed.add(copied.get(i));
            }
        }
        return changed;
    }

    /** Those that have rows. */
    private static List<Table> filled(Statement statement, List<Table> tables) throws SQLException {
        List<String> exist = row(
                statement,
                tables.stream()
                        .map(table -> "(EXISTS (SELECT FROM " + table.rows() + "))")
                        .toList());
        List<Table> filled = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            if ("true".equals(exist.get(i))) {
                filled.add(tables.get(i));
            }
        }
        return filled;
    }

    private static List<Table> tables(Statement statement) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(TABLES)) {
            while (rows.next()) {
                tables.add(new Table(rows.getString(1), rows.getBoolean(2), rows.getString(3)));
            }
        }
        return tables;
    }

    private static Map<String, Position> sequences(Statement statement) throws SQLException {
        Map<String, Position> sequences = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(SEQUENCES)) {
            while (rows.next()) {
                sequences.put(rows.getString(1), new Position(rows.getObject(2, Long.class), rows.getLong(3)));
            }
        }
        return sequences;
    }

    /** The values of these expressions, all in one query, as text. */
    private static List<String> row(Statement statement, List<String> expressions) throws SQLException {
        if (expressions.isEmpty()) {
            return List.of();
        }
        String array = expressions.stream().map(each -> each + "::text").collect(Collectors.joining(", "));
        try (ResultSet rows = statement.executeQuery("SELECT unnest(ARRAY[" + array + "])")) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
