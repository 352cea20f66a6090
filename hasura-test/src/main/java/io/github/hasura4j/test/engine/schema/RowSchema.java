package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.catalog.Column;

/** The type of a table's rows: columns, relationships, computed fields. */
final class RowSchema {

    private static final List<InputValueDefinition> PATH = List.of(Sdl.input("path", "String", "JSON select path"));

    private final RoleView view;
    private final SchemaParts parts;

    RowSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    void add(TrackedTable table) {
        List<FieldDefinition> fields = columns(table);
        view.computed(table).forEach(field -> fields.add(computed(table, field)));
        for (ComputedField field : table.computedFields().values()) {
            TrackedTable target = field.target() == null ? null : view.tables().table(field.target());
            if (target != null && view.readable(target)) {
                List<InputValueDefinition> arguments = new ArrayList<>(arguments(table, field));
                arguments.addAll(TableArguments.list(target));
                String type = field.function().set() ? "[" + target.typeName() + "!]" : target.typeName();
                fields.add(Sdl.field(
                        field.name(),
                        type,
                        field.comment(),
                        field.function().set() ? arguments : arguments(table, field)));
            }
        }
        view.relationships(table).forEach(relationship -> add(relationship, fields));
        parts.define(Sdl.object(table.typeName(), description(table), fields));
        defineColumns(table, table.typeName() + "_select_column", "select columns of table " + RoleView.quoted(table));
    }

    /** The type of a logical model's rows. */
    void addModel(TrackedTable model) {
        parts.define(Sdl.object(model.typeName(), model.metadata().comment(), columns(model)));
        defineColumns(model, model.typeName() + "_enum_name", null);
    }

    void addMutationResponse(TrackedTable table) {
        List<FieldDefinition> fields = new ArrayList<>();
        fields.add(Sdl.field("affected_rows", "Int!", "number of rows affected by the mutation", List.of()));
        if (view.readable(table)) {
            fields.add(Sdl.field(
                    "returning",
                    "[" + table.typeName() + "!]!",
                    "data from the rows affected by the mutation",
                    List.of()));
        }
        parts.define(Sdl.object(
                table.typeName() + "_mutation_response",
                "response of any mutation on the table " + RoleView.quoted(table),
                fields));
    }

    private void defineColumns(TrackedTable table, String name, @org.jspecify.annotations.Nullable String description) {
        List<String> names = view.columns(table).stream().map(table::fieldOf).toList();
        parts.define(
                Sdl.enumeration(name, description, names.isEmpty() ? List.of("_PLACEHOLDER") : names, "column name"));
    }

    private List<FieldDefinition> columns(TrackedTable table) {
        List<FieldDefinition> fields = new ArrayList<>();
        for (Column column : view.columns(table)) {
            boolean required = column.notNull() && !table.table().view() && !view.redacts(table, column);
            fields.add(Sdl.field(
                    table.fieldOf(column),
                    RoleView.columnType(table, column) + (required ? "!" : ""),
                    table.columnComment(column),
                    column.json() ? PATH : List.of()));
        }
        return fields;
    }

    private FieldDefinition computed(TrackedTable table, ComputedField field) {
        List<InputValueDefinition> arguments = new ArrayList<>(arguments(table, field));
        if (field.value().json()) {
            arguments.addAll(PATH);
        }
        return Sdl.field(field.name(), Scalars.typeOf(field.value()), field.comment(), arguments);
    }

    private List<InputValueDefinition> arguments(TrackedTable table, ComputedField field) {
        return FunctionSchema.arguments(
                parts,
                field.name() + "_" + table.typeName() + "_args",
                field.function(),
                field.inputs(),
                "input parameters for computed field \"" + field.name() + "\" defined on table "
                        + RoleView.quoted(table));
    }

    /** Adds the fields of a relationship whose other side may be read. */
    void add(Relationship relationship, List<FieldDefinition> fields) {
        TrackedTable target = view.tables().target(relationship);
        String name = relationship.name();
        if (!relationship.array()) {
            fields.add(Sdl.field(
                    name,
                    target.typeName() + (relationship.required() ? "!" : ""),
                    relationship.comment("An object relationship"),
                    List.of()));
            return;
        }
        fields.add(Sdl.field(
                name,
                "[" + target.typeName() + "!]!",
                relationship.comment("An array relationship"),
                TableArguments.list(target)));
        if (view.aggregates(target)) {
            fields.add(Sdl.field(
                    name + Relationship.AGGREGATE,
                    target.typeName() + "_aggregate!",
                    "An aggregate relationship",
                    TableArguments.list(target)));
        }
    }

    private static String description(TrackedTable table) {
        String configured = table.metadata().comment();
        if (configured != null) {
            return configured;
        }
        String comment = table.table().comment();
        return comment != null ? comment : "columns and relationships of " + RoleView.quoted(table);
    }
}
