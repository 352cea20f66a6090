package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Function;
import io.github.hasura4j.test.engine.schema.RootField.Kind;

/** The root fields of tracked functions. */
final class FunctionSchema {

    private final RoleView view;
    private final SchemaParts parts;

    FunctionSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    void add(TrackedFunction function) {
        TrackedTable table = function.table();
        if (!view.readable(table)
                || !function.callableBy(view.role(), view.tables().roles())) {
            return;
        }
        String name = function.function().name().name();
        String t = table.typeName();
        boolean set = function.function().set();
        String does = function.changes() ? "execute VOLATILE function \"" : "execute function \"";
        put(
                function,
                Kind.FUNCTION,
                Sdl.field(
                        function.rootField("function", "%s"),
                        set ? "[" + t + "!]!" : t,
                        comment(function, does + name + "\" which returns " + RoleView.quoted(table)),
                        arguments(function, name)));
        if (set && !function.changes() && view.aggregates(table)) {
            put(
                    function,
                    Kind.FUNCTION_AGGREGATE,
                    Sdl.field(
                            function.rootField("function_aggregate", "%s_aggregate"),
                            t + "_aggregate!",
                            does + name + "\" and query aggregates on result of table type " + RoleView.quoted(table),
                            arguments(function, name + "_aggregate")));
        }
    }

    private static String comment(TrackedFunction function, String otherwise) {
        String comment = function.metadata().comment();
        return comment != null ? comment : otherwise;
    }

    private void put(TrackedFunction function, Kind kind, FieldDefinition field) {
        RootField behind = new RootField.OfFunction(kind, function);
        parts.put(!function.changes(), field, behind, "function", function.toString());
        if (!function.changes()) {
            parts.putSubscription(field, behind, "function", function.toString());
        }
    }

    private List<InputValueDefinition> arguments(TrackedFunction function, String name) {
        List<InputValueDefinition> arguments = new ArrayList<>(arguments(
                parts,
                function.typeName() + "_args",
                function.function(),
                function.inputs(),
                "input parameters for function \"" + name + '"'));
        arguments.addAll(TableArguments.list(function.table()));
        return arguments;
    }

    /** The one argument with what a function takes; none if it takes nothing. */
    static List<InputValueDefinition> arguments(
            SchemaParts parts, String type, Function function, List<Column> inputs, String description) {
        if (inputs.isEmpty()) {
            return List.of();
        }
        List<InputValueDefinition> fields = new ArrayList<>();
        boolean required = false;
        for (Column input : inputs) {
            fields.add(Sdl.input(input.name(), Scalars.typeOf(input)));
            required |= function.arguments().indexOf(input) < function.required();
        }
        parts.define(Sdl.inputObject(type, null, fields));
        return List.of(Sdl.input("args", required ? type + "!" : type, description));
    }
}
