package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;

/** The root fields of native queries, and the types of their logical models. */
final class NativeQuerySchema {

    private final RoleView view;
    private final SchemaParts parts;
    private final RowSchema rows;
    private final BoolExpSchema conditions;
    private final OrderBySchema orders;

    NativeQuerySchema(
            RoleView view, SchemaParts parts, RowSchema rows, BoolExpSchema conditions, OrderBySchema orders) {
        this.view = view;
        this.parts = parts;
        this.rows = rows;
        this.conditions = conditions;
        this.orders = orders;
    }

    void add(TrackedNativeQuery query) {
        TrackedTable model = query.model();
        if (view.columns(model).isEmpty()) {
            return;
        }
        String name = model.typeName();
        // The engine doubles the suffix.
        String boolExp = name + "_bool_exp_bool_exp";
        if (!parts.isDefined(name)) {
            rows.addModel(model);
            conditions.addModel(model, boolExp);
            orders.addModel(model);
        }
        List<InputValueDefinition> arguments = new ArrayList<>(arguments(query));
        arguments.addAll(TableArguments.list(name + "_enum_name", name + "_order_by", boolExp));
        String rootField = query.metadata().rootField();
        FieldDefinition field =
                Sdl.field(rootField, "[" + name + "!]!", query.metadata().comment(), arguments);
        RootField behind = new RootField.OfNativeQuery(query);
        parts.put(true, field, behind, "native_query", rootField);
        parts.putSubscription(field, behind, "native_query", rootField);
    }

    private List<InputValueDefinition> arguments(TrackedNativeQuery query) {
        List<InputValueDefinition> fields = query.arguments().stream()
                .map(argument -> Sdl.input(
                        argument.name(),
                        Scalars.typeOf(argument) + (argument.notNull() ? "!" : ""),
                        argument.comment()))
                .toList();
        if (fields.isEmpty()) {
            return List.of();
        }
        String type = query.metadata().rootField() + "_arguments";
        parts.define(Sdl.inputObject(type, query.metadata().rootField() + " Native Query Arguments", fields));
        return List.of(Sdl.input("args", type + "!", query.metadata().rootField() + "Native Query Arguments"));
    }
}
