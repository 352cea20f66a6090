package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.RootField.Kind;
import org.jspecify.annotations.Nullable;

/** The fields and input types that change rows. */
final class UpdateSchema {

    /** The operators on {@code jsonb}, with what they take; null for {@code jsonb}. */
    private static final List<JsonbOperator> JSONB = List.of(
            new JsonbOperator("_append", null, "append existing jsonb value of filtered columns with new jsonb value"),
            new JsonbOperator(
                    "_prepend", null, "prepend existing jsonb value of filtered columns with new jsonb value"),
            new JsonbOperator(
                    "_delete_key",
                    "String",
                    "delete key/value pair or string element. key/value pairs are matched based on their key value"),
            new JsonbOperator(
                    "_delete_elem",
                    "Int",
                    "delete the array element with specified index (negative integers count from the end)."
                            + " throws an error if top level container is not an array"),
            new JsonbOperator(
                    "_delete_at_path",
                    "[String!]",
                    "delete the field or element with specified path (for JSON arrays, negative integers count from the"
                            + " end)"));

    private final RoleView view;
    private final SchemaParts parts;

    UpdateSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    private record JsonbOperator(String name, @Nullable String type, String description) {}

    void add(TrackedTable table) {
        if (view.update(table) == null) {
            return;
        }
        String t = table.typeName();
        String quoted = RoleView.quoted(table);
        List<InputValueDefinition> operators = operators(table);
        List<InputValueDefinition> filtered = new ArrayList<>(operators);
        filtered.add(TableArguments.where(table, "filter the rows which have to be updated"));
        parts.putMutation(
                table,
                Kind.UPDATE,
                Sdl.field(
                        table.rootField("update", "update_%s"),
                        t + "_mutation_response",
                        table.rootFieldComment("update", "update data of the table: " + quoted),
                        filtered));
        parts.define(Sdl.inputObject(t + "_updates", null, filtered));
        parts.putMutation(
                table,
                Kind.UPDATE_MANY,
                Sdl.field(
                        table.rootField("update_many", "update_%s_many"),
                        "[" + t + "_mutation_response]",
                        table.rootFieldComment("update_many", "update multiples rows of table: " + quoted),
                        List.of(Sdl.input("updates", "[" + t + "_updates!]!", "updates to execute, in order"))));
        if (!view.key(table).isEmpty()) {
            addByKey(table, operators);
        }
    }

    private void addByKey(TrackedTable table, List<InputValueDefinition> operators) {
        String t = table.typeName();
        parts.define(Sdl.inputObject(
                t + "_pk_columns_input",
                "primary key columns input for table: " + table.name().name(),
                TableArguments.key(table)));
        List<InputValueDefinition> arguments = new ArrayList<>(operators);
        arguments.add(Sdl.input("pk_columns", t + "_pk_columns_input!"));
        parts.putMutation(
                table,
                Kind.UPDATE_BY_PK,
                Sdl.field(
                        table.rootField("update_by_pk", "update_%s_by_pk"),
                        t,
                        table.rootFieldComment(
                                "update_by_pk", "update single row of the table: " + RoleView.quoted(table)),
                        arguments));
    }

    private List<InputValueDefinition> operators(TrackedTable table) {
        String quoted = RoleView.quoted(table);
        List<Column> columns = view.updatable(table);
        List<InputValueDefinition> operators = new ArrayList<>();
        add(
                operators,
                table,
                "_set",
                columns,
                null,
                "sets the columns of the filtered rows to the given values",
                "input type for updating data in table " + quoted);
        add(
                operators,
                table,
                "_inc",
                columns.stream()
                        .filter(column -> !column.array() && Scalars.isNumeric(Scalars.of(column)))
                        .toList(),
                null,
                "increments the numeric columns with given value of the filtered values",
                "input type for incrementing numeric columns in table " + quoted);
        List<Column> jsonb = columns.stream()
                .filter(column -> column.json() && column.type().equals("jsonb"))
                .toList();
        JSONB.forEach(operator -> add(
                operators,
                table,
                operator.name(),
                jsonb,
                operator.type(),
                operator.description(),
                operator.description()));
        return operators;
    }

    private void add(
            List<InputValueDefinition> operators,
            TrackedTable table,
            String name,
            List<Column> columns,
            @Nullable String type,
            String description,
            String ofInput) {
        if (columns.isEmpty()) {
            return;
        }
        String input = table.typeName() + name + "_input";
        List<InputValueDefinition> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(Sdl.input(
                table.fieldOf(column),
                type == null ? RoleView.columnType(table, column) : type,
                table.columnComment(column))));
        parts.define(Sdl.inputObject(input, ofInput, fields));
        operators.add(Sdl.input(name, input, description));
    }
}
