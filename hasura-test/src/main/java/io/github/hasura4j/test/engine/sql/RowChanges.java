package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import tools.jackson.databind.JsonNode;

/** Runs statements that change rows, and holds the changed rows against a permission's check. */
final class RowChanges {

    /** The alias of the changed table within its statement. */
    static final String ROW = "t";

    private static final String CHECK_FAILED = "check constraint of an insert/update permission has failed";

    private final Connection connection;
    private final Session session;

    RowChanges(Connection connection, Session session) {
        this.connection = connection;
        this.session = session;
    }

    /**
     * Changes rows.
     *
     * @param statement an INSERT, UPDATE or DELETE of {@link #ROW}, without RETURNING
     * @param check what every row must fulfil afterwards
     * @param path where in the request what fails the check comes from
     */
    Changed run(Sql statement, Sql check, String path) throws SQLException {
        Sql sql = Sql.of("WITH \"changed\" AS (")
                .add(statement)
                .add(" RETURNING ")
                .name(ROW)
                .add(".*, (")
                .add(check)
                .add(") AS \"__hasura4j_check\") SELECT count(*), coalesce(json_agg(\"changed\".*), '[]')::text,"
                        + " coalesce(bool_and(coalesce(\"__hasura4j_check\", false)), true) FROM \"changed\"");
        try (PreparedStatement prepared = sql.prepare(connection);
                ResultSet result = prepared.executeQuery()) {
            result.next();
            if (!result.getBoolean(3)) {
                throw EngineException.of("permission-error", path, CHECK_FAILED);
            }
            return new Changed(result.getLong(1), result.getString(2));
        }
    }

    /** A permission's presets as values of their columns. */
    Map<Column, Sql> presets(TrackedTable table, Map<String, JsonNode> presets) {
        Map<Column, Sql> values = new LinkedHashMap<>();
        presets.forEach((name, value) -> {
            Column column = table.table().column(name);
            if (column == null) {
                throw EngineException.unexpected("a preset names an unknown column: " + name);
            }
            String text;
            if (value.isString() && value.stringValue().toLowerCase(Locale.ROOT).startsWith("x-hasura-")) {
                text = Conditions.sessionVariable(session, value.stringValue());
            } else if (value.isNull()) {
                text = null;
            } else {
                text = column.json() || !value.isValueNode() ? value.toString() : value.asString();
            }
            values.put(column, new Sql().value(text, column.sqlType()));
        });
        return values;
    }

    /** The column that a client writes to. */
    static Column column(TrackedTable table, String field) {
        Column column = table.columnOf(field);
        if (column == null) {
            throw EngineException.notSupported("$", "writing '" + field + "' of table '" + table + "'");
        }
        return column;
    }
}
