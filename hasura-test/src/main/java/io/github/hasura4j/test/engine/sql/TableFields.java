package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.function.Supplier;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Runs the generated fields of tables, functions and native queries; each answer is JSON text as Postgres made it. */
public final class TableFields {

    private final TrackedTables tables;
    private final boolean stringifyNumbers;

    /**
     * Runs fields of tables.
     *
     * @param stringifyNumbers whether answers have large and exact numbers as texts
     */
    public TableFields(TrackedTables tables, boolean stringifyNumbers) {
        this.tables = tables;
        this.stringifyNumbers = stringifyNumbers;
    }

    private Selects selects(Session session) {
        return new Selects(tables, session, stringifyNumbers);
    }

    /** Whether a root field is one that this class runs. */
    public static boolean runs(@Nullable RootField root) {
        return root instanceof RootField.OfTable
                || root instanceof RootField.OfFunction
                || root instanceof RootField.OfNativeQuery;
    }

    /** Runs a root field on a connection; whoever gives the connection decides on the transaction. */
    public String run(Connection connection, Session session, RootField root, ExecutableNormalizedField field) {
        try {
            if (root instanceof RootField.OfTable table && table.kind().writes()) {
                return new Mutations(tables, session, connection, selects(session)).run(table, field);
            }
            return read(connection, statement(selects(session), root, field));
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    /**
     * Begins a stream of a table's rows.
     *
     * @throws EngineException if the cursor is none
     */
    public Stream stream(Session session, RootField.OfTable root, ExecutableNormalizedField field) {
        return new Stream(() -> selects(session), root.table(), field);
    }

    /**
     * The rows that belong to objects from elsewhere.
     *
     * @param keys the objects, with the columns of the relationship as fields
     * @return what belongs to each, in their order
     */
    public JsonNode related(
            Connection connection,
            Session session,
            Relationship relationship,
            ExecutableNormalizedField field,
            ArrayNode keys) {
        try {
            return EngineJson.parse(read(connection, selects(session).related(relationship, field, keys)));
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    private static Sql statement(Selects selects, RootField root, ExecutableNormalizedField field) {
        if (root instanceof RootField.OfTable table) {
            return selects.statement(table, field);
        } else if (root instanceof RootField.OfFunction function) {
            return selects.statement(function, field);
        }
        return selects.statement((RootField.OfNativeQuery) root, field);
    }

    /** The one value of a statement; JSON's null where there is no row. */
    static String read(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            String json = result.next() ? result.getString(1) : null;
            return json == null ? "null" : json;
        }
    }

    /** A stream: each question goes on after the last row of the answer before. */
    public static final class Stream {

        private final Supplier<Selects> selects;
        private final TrackedTable table;
        private final ExecutableNormalizedField field;
        private final StreamCursor cursor;
        private @Nullable String after;

        private Stream(Supplier<Selects> selects, TrackedTable table, ExecutableNormalizedField field) {
            this.selects = selects;
            this.table = table;
            this.field = field;
            this.cursor = StreamCursor.of(table, field);
            this.after = cursor.initial();
        }

        /** The next rows as JSON; null if there are none yet. */
        public @Nullable String next(Connection connection) throws SQLException {
            Sql sql = selects.get().batch(table, field, cursor, after);
            try (PreparedStatement statement = sql.prepare(connection);
                    ResultSet result = statement.executeQuery()) {
                if (!result.next() || result.getString(2) == null) {
                    return null;
                }
                after = result.getString(2);
                return result.getString(1);
            }
        }
    }
}
