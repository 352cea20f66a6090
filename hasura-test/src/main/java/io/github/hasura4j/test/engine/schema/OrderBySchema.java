package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.schema.RoleView.Value;
import org.jspecify.annotations.Nullable;

/** The input types of orders: {@code t_order_by}, and {@code t_aggregate_order_by} for the order of what rows belong to. */
final class OrderBySchema {

    private final RoleView view;
    private final SchemaParts parts;

    OrderBySchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    static void defineDirections(SchemaParts parts) {
        Map<String, @Nullable String> directions = new LinkedHashMap<>();
        directions.put("asc", "in ascending order, nulls last");
        directions.put("asc_nulls_first", "in ascending order, nulls first");
        directions.put("asc_nulls_last", "in ascending order, nulls last");
        directions.put("desc", "in descending order, nulls first");
        directions.put("desc_nulls_first", "in descending order, nulls first");
        directions.put("desc_nulls_last", "in descending order, nulls last");
        parts.define(Sdl.enumeration("order_by", "column ordering options", directions));
    }

    void add(TrackedTable table) {
        List<InputValueDefinition> fields = new ArrayList<>();
        view.values(table).forEach(value -> fields.add(Sdl.input(value.field(), "order_by")));
        for (Relationship relationship : view.relationships(table)) {
            TrackedTable target = view.tables().target(relationship);
            if (!relationship.array()) {
                fields.add(Sdl.input(relationship.name(), target.typeName() + "_order_by"));
            } else if (view.aggregates(target)) {
                fields.add(Sdl.input(relationship.name() + "_aggregate", target.typeName() + "_aggregate_order_by"));
            }
        }
        define(table.typeName() + "_order_by", RoleView.quoted(table), fields);
        if (view.aggregates(table)) {
            addAggregate(table);
        }
    }

    /** The order of a logical model's rows. */
    void addModel(TrackedTable model) {
        List<InputValueDefinition> fields = new ArrayList<>();
        view.values(model).forEach(value -> fields.add(Sdl.input(value.field(), "order_by")));
        define(model.typeName() + "_order_by", '"' + model.typeName() + '"', fields);
    }

    private void define(String name, String quoted, List<InputValueDefinition> fields) {
        parts.define(Sdl.inputObject(
                name,
                "Ordering options when selecting data from " + quoted + ".",
                fields.isEmpty() ? List.of(Sdl.input("_PLACEHOLDER", "order_by")) : fields));
    }

    private void addAggregate(TrackedTable table) {
        List<InputValueDefinition> fields = new ArrayList<>();
        fields.add(Sdl.input("count", "order_by"));
        AggregateSchema.NUMERIC.forEach(function -> add(fields, function(table, function, Value::numeric)));
        AggregateSchema.EXTREMES.forEach(function -> add(fields, function(table, function, Value::comparable)));
        parts.define(Sdl.inputObject(
                table.typeName() + "_aggregate_order_by",
                "order by aggregate values of table " + RoleView.quoted(table),
                fields));
    }

    private static void add(List<InputValueDefinition> fields, @Nullable InputValueDefinition field) {
        if (field != null) {
            fields.add(field);
        }
    }

    private @Nullable InputValueDefinition function(TrackedTable table, String function, Predicate<Value> fits) {
        List<InputValueDefinition> columns = view.values(table).stream()
                .filter(fits.and(value -> !value.computed()))
                .map(value ->
                        Sdl.input(value.field(), "order_by", value.column().comment()))
                .toList();
        if (columns.isEmpty()) {
            return null;
        }
        String name = table.typeName() + "_" + function + "_order_by";
        parts.define(Sdl.inputObject(
                name, "order by " + function + "() on columns of table " + RoleView.quoted(table), columns));
        return Sdl.input(function, name);
    }
}
