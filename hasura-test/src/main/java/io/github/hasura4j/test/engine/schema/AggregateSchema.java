package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import graphql.language.FieldDefinition;
import io.github.hasura4j.test.engine.schema.RoleView.Value;

/** The types of aggregated rows. */
final class AggregateSchema {

    static final List<String> NUMERIC =
            List.of("sum", "avg", "stddev", "stddev_pop", "stddev_samp", "var_pop", "var_samp", "variance");
    static final List<String> EXTREMES = List.of("max", "min");

    private final RoleView view;
    private final SchemaParts parts;

    AggregateSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    void add(TrackedTable table) {
        String t = table.typeName();
        List<FieldDefinition> functions = new ArrayList<>();
        functions.add(Sdl.field(
                "count",
                "Int!",
                null,
                List.of(Sdl.input("columns", "[" + t + "_select_column!]"), Sdl.input("distinct", "Boolean"))));
        NUMERIC.forEach(function -> over(table, function, Value::numeric, functions));
        EXTREMES.forEach(function -> over(table, function, Value::comparable, functions));
        parts.define(Sdl.object(t + "_aggregate_fields", "aggregate fields of " + RoleView.quoted(table), functions));
        parts.define(Sdl.object(
                t + "_aggregate",
                "aggregated selection of " + RoleView.quoted(table),
                List.of(Sdl.field("aggregate", t + "_aggregate_fields"), Sdl.field("nodes", "[" + t + "!]!"))));
    }

    private void over(TrackedTable table, String function, Predicate<Value> fits, List<FieldDefinition> functions) {
        List<FieldDefinition> columns = view.values(table).stream()
                .filter(fits)
                .map(value -> Sdl.field(
                        value.field(),
                        resultType(function, value),
                        value.column().comment(),
                        List.of()))
                .toList();
        if (!columns.isEmpty()) {
            String name = table.typeName() + "_" + function + "_fields";
            parts.define(Sdl.object(name, "aggregate " + function + " on columns", columns));
            functions.add(Sdl.field(function, name));
        }
    }

    private static String resultType(String function, Value value) {
        boolean same = value.computed() || function.equals("sum") || EXTREMES.contains(function);
        return same ? value.type() : "Float";
    }
}
