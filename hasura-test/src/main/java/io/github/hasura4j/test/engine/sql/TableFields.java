package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTables;

/** Runs the generated fields of tables; each answer is JSON text as Postgres made it. */
public final class TableFields {

    private final TrackedTables tables;

    public TableFields(TrackedTables tables) {
        this.tables = tables;
    }

    /** Runs a root field on a connection; whoever gives the connection decides on the transaction. */
    public String run(Connection connection, Session session, RootField.OfTable root, ExecutableNormalizedField field) {
        try {
            return root.kind().writes()
                    ? new Mutations(tables, session, connection).run(root, field)
                    : read(connection, new Selects(tables, session).statement(root, field));
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, pathOf(root, field));
        }
    }

    /** The one value of a statement; JSON's null where there is no row. */
    static String read(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection);
                ResultSet result = statement.executeQuery()) {
            String json = result.next() ? result.getString(1) : null;
            return json == null ? "null" : json;
        }
    }

    private static String pathOf(RootField.OfTable root, ExecutableNormalizedField field) {
        return switch (root.kind()) {
            case INSERT -> "$.selectionSet." + field.getName() + ".args.objects";
            case INSERT_ONE -> "$.selectionSet." + field.getName() + ".args.object";
            default -> "$";
        };
    }
}
