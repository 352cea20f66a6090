package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.schema.RoleView.Value;

/** The input types of conditions: {@code t_bool_exp}, and {@code t_aggregate_bool_exp} for conditions on many rows. */
final class BoolExpSchema {

    private static final List<String> OVER_TWO = List.of("corr", "covar_samp");
    private static final List<String> OVER_ONE = List.of("avg", "max", "min", "stddev_samp", "sum", "var_samp");

    private final RoleView view;
    private final Comparisons comparisons;
    private final SchemaParts parts;

    BoolExpSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.comparisons = new Comparisons(parts);
        this.parts = parts;
    }

    void add(TrackedTable table) {
        String name = table.typeName() + "_bool_exp";
        List<InputValueDefinition> fields = connectives(name);
        view.values(table).forEach(value -> fields.add(Sdl.input(value.field(), comparisons.of(value))));
        for (ComputedField field : table.computedFields().values()) {
            TrackedTable target = field.target() == null ? null : view.tables().table(field.target());
            if (target != null && field.inputs().isEmpty() && view.readable(target)) {
                fields.add(Sdl.input(field.name(), target.typeName() + "_bool_exp"));
            }
        }
        for (Relationship relationship : view.relationships(table)) {
            TrackedTable target = view.tables().target(relationship);
            fields.add(Sdl.input(relationship.name(), target.typeName() + "_bool_exp"));
            if (relationship.array() && view.aggregates(target)) {
                fields.add(Sdl.input(relationship.name() + "_aggregate", target.typeName() + "_aggregate_bool_exp"));
            }
        }
        parts.define(Sdl.inputObject(
                name,
                "Boolean expression to filter rows from the table " + RoleView.quoted(table)
                        + ". All fields are combined with a logical 'AND'.",
                fields));
        if (view.aggregates(table)) {
            addAggregate(table);
        }
    }

    /** The condition on a logical model's rows. */
    void addModel(TrackedTable model, String name) {
        List<InputValueDefinition> fields = connectives(name);
        view.values(model).forEach(value -> fields.add(Sdl.input(value.field(), comparisons.of(value))));
        parts.define(Sdl.inputObject(
                name,
                "Boolean expression to filter rows from the logical model for \"" + model.typeName()
                        + "\". All fields are combined with a logical 'AND'.",
                fields));
    }

    private static List<InputValueDefinition> connectives(String name) {
        return new ArrayList<>(List.of(
                Sdl.input("_and", "[" + name + "!]"), Sdl.input("_not", name), Sdl.input("_or", "[" + name + "!]")));
    }

    private void addAggregate(TrackedTable table) {
        String t = table.typeName();
        String name = t + "_aggregate_bool_exp";
        List<InputValueDefinition> fields = new ArrayList<>();
        fields.add(function(table, "count", "[" + t + "_select_column!]", "Int"));
        List<Value> columns =
                view.values(table).stream().filter(value -> !value.computed()).toList();
        List<String> flags = fields(columns, "bool");
        if (!flags.isEmpty()) {
            List.of("bool_and", "bool_or")
                    .forEach(function ->
                            fields.add(function(table, function, columnEnum(table, function, flags) + "!", "Boolean")));
        }
        List<String> doubles = fields(columns, "float8");
        if (!doubles.isEmpty()) {
            OVER_ONE.forEach(function ->
                    fields.add(function(table, function, columnEnum(table, function, doubles) + "!", "float8")));
            OVER_TWO.forEach(
                    function -> fields.add(function(table, function, twoColumns(table, function, doubles), "float8")));
        }
        parts.define(Sdl.inputObject(name, null, fields));
    }

    private static List<String> fields(List<Value> values, String type) {
        return values.stream().filter(value -> value.is(type)).map(Value::field).toList();
    }

    private InputValueDefinition function(TrackedTable table, String function, String arguments, String compared) {
        String name = table.typeName() + "_aggregate_bool_exp_" + function;
        parts.define(Sdl.inputObject(
                name,
                null,
                List.of(
                        Sdl.input("arguments", arguments),
                        Sdl.input("distinct", "Boolean"),
                        Sdl.input("filter", table.typeName() + "_bool_exp"),
                        Sdl.input("predicate", comparisons.ofScalar(compared) + "!"))));
        return Sdl.input(function, name);
    }

    private String columnEnum(TrackedTable table, String function, List<String> columns) {
        String arguments = table.typeName() + "_aggregate_bool_exp_" + function + "_arguments_columns";
        String name = table.typeName() + "_select_column_" + arguments;
        parts.define(Sdl.enumeration(
                name,
                "select \"" + arguments + "\" columns of table " + RoleView.quoted(table),
                columns,
                "column name"));
        return name;
    }

    private String twoColumns(TrackedTable table, String function, List<String> columns) {
        String name = table.typeName() + "_aggregate_bool_exp_" + function + "_arguments";
        String column = columnEnum(table, function, columns) + "!";
        parts.define(Sdl.inputObject(name, null, List.of(Sdl.input("X", column), Sdl.input("Y", column))));
        return name + "!";
    }
}
