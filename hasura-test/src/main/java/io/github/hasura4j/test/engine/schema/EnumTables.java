package io.github.hasura4j.test.engine.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import org.jspecify.annotations.Nullable;

/** Reads the rows of enum tables: the key is the value, the one other column, if there is one, says what it means. */
final class EnumTables {

    private EnumTables() {}

    /** The values that GraphQL can name, sorted; empty, and reported, if there are none. */
    static Map<String, @Nullable String> values(TrackedTable tracked, Connection connection, Problems problems)
            throws SQLException {
        Table table = tracked.table();
        Map<String, @Nullable String> values =
                table.primaryKey().size() == 1 ? read(table, connection) : new LinkedHashMap<>();
        values.keySet().removeIf(value -> {
            boolean unfit = !GraphQlNames.isName(value);
            if (unfit) {
                problems.inconsistent(
                        "table",
                        tracked.name().toString(),
                        "the enum value \"" + value + "\" is left out, it is not a GraphQL name");
            }
            return unfit;
        });
        if (values.isEmpty()) {
            problems.inconsistent(
                    "table",
                    tracked.name().toString(),
                    "Inconsistent object: the table cannot be used as an enum: it needs one text primary key column"
                            + " and at least one row whose value is a GraphQL name");
        }
        return values;
    }

    private static Map<String, @Nullable String> read(Table table, Connection connection) throws SQLException {
        String key = table.primaryKey().get(0);
        String meaning = "NULL";
        for (Column column : table.columns()) {
            if (table.columns().size() == 2 && !column.name().equals(key)) {
                meaning = TrackedTables.quote(column.name());
            }
        }
        String sql = "SELECT %s::text, %s::text FROM %s ORDER BY 1"
                .formatted(TrackedTables.quote(key), meaning, TrackedTables.quote(table.name()));
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                values.put(result.getString(1), result.getString(2));
            }
        }
        return values;
    }
}
