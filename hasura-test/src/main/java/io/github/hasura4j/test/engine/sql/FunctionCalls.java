package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Function;
import io.github.hasura4j.test.engine.schema.ComputedField;
import io.github.hasura4j.test.engine.schema.TrackedFunction;
import io.github.hasura4j.test.engine.schema.TrackedNativeQuery;
import org.jspecify.annotations.Nullable;

/** Calls of the database's functions, and the SQL of native queries, with a client's arguments. */
final class FunctionCalls {

    private final Session session;

    FunctionCalls(Session session) {
        this.session = session;
    }

    /** A tracked function's rows. */
    Sql call(TrackedFunction function, @Nullable Object arguments) {
        return call(function.function(), null, null, function.metadata().sessionArgument(), arguments);
    }

    /** A computed field's value or rows, of the row with this alias. */
    Sql call(ComputedField field, Sql row, @Nullable Object arguments) {
        return call(field.function(), field.rowArgument(), row, field.sessionArgument(), arguments);
    }

    /** A native query's rows. */
    Sql rows(TrackedNativeQuery query, @Nullable Object arguments) {
        Map<?, ?> given = arguments instanceof Map<?, ?> map ? map : Map.of();
        Map<String, Column> known = query.argumentsByName();
        Sql sql = Sql.of("(");
        for (TrackedNativeQuery.Piece piece : query.pieces()) {
            Column column = piece.argument() == null ? null : known.get(piece.argument());
            if (piece.argument() == null) {
                sql.add(Sql.literally(piece.text()));
            } else if (column == null) {
                throw EngineException.of(
                        "validation-failed", "$", "the native query has no argument '" + piece.argument() + "'");
            } else {
                sql.value(Values.text(column, given.get(column.name())), column.sqlType());
            }
        }
        return sql.add(")");
    }

    private Sql call(
            Function function,
            @Nullable String rowArgument,
            @Nullable Sql row,
            @Nullable String sessionArgument,
            @Nullable Object arguments) {
        Map<?, ?> given = arguments instanceof Map<?, ?> map ? map : Map.of();
        List<Sql> passed = new ArrayList<>();
        boolean omitted = false;
        for (int i = 0; i < function.arguments().size(); i++) {
            Column argument = function.arguments().get(i);
            Sql value;
            if (row != null && argument.name().equals(rowArgument)) {
                value = row;
            } else if (argument.name().equals(sessionArgument)) {
                value = new Sql().value(variables(), argument.sqlType());
            } else if (given.containsKey(argument.name())) {
                value = new Sql().value(Values.text(argument, given.get(argument.name())), argument.sqlType());
            } else if (i < function.required() || (omitted && !function.named())) {
                throw EngineException.of("not-supported", "$", "Non default arguments cannot be omitted");
            } else {
                omitted = true;
                continue;
            }
            passed.add(
                    function.named()
                            ? new Sql().name(argument.name()).add(" => ").add(value)
                            : value);
        }
        return new Sql().name(function.name()).add("(").join(", ", passed).add(")");
    }

    private String variables() {
        return EngineJson.write(EngineJson.tree(session.variables().asMap()));
    }
}
