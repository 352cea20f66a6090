package io.github.hasura4j.test.engine.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;

/** SQL text that grows together with its parameters; values only ever travel as parameters. */
final class Sql {

    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable String> parameters = new ArrayList<>();

    static Sql of(String text) {
        return new Sql().add(text);
    }

    /** SQL text of others, in which a question mark is no parameter. */
    static Sql literally(String text) {
        return of(text.replace("?", "??"));
    }

    Sql add(String more) {
        text.append(more);
        return this;
    }

    Sql add(Sql more) {
        text.append(more.text);
        parameters.addAll(more.parameters);
        return this;
    }

    /** Adds an identifier, quoted. */
    Sql name(String identifier) {
        return add(TrackedTables.quote(identifier));
    }

    Sql name(TableName table) {
        return add(TrackedTables.quote(table));
    }

    /** Adds {@code "alias"."column"}. */
    Sql column(String alias, String column) {
        return name(alias).add(".").name(column);
    }

    /** Adds a value in its text form, cast to the SQL type. */
    Sql value(@Nullable String value, String sqlType) {
        text.append("CAST(? AS ").append(sqlType).append(')');
        parameters.add(value);
        return this;
    }

    Sql join(String separator, List<Sql> parts) {
        for (int i = 0; i < parts.size(); i++) {
            if (i > 0) {
                add(separator);
            }
            add(parts.get(i));
        }
        return this;
    }

    PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
