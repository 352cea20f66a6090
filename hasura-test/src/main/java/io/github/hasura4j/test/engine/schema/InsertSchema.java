package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.ArrayValue;
import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import io.github.hasura4j.test.engine.schema.RootField.Kind;
import org.jspecify.annotations.Nullable;

/** The fields and input types that put rows in, those of related tables too. */
final class InsertSchema {

    private final RoleView view;
    private final SchemaParts parts;

    InsertSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    void add(TrackedTable table) {
        Access.Insert insert = view.insert(table);
        if (insert == null) {
            return;
        }
        String t = table.typeName();
        String quoted = RoleView.quoted(table);
        defineInput(table, insert);
        List<InputValueDefinition> conflict = onConflict(table);
        defineNested(table, "obj", "object", t + "_insert_input!", conflict);
        defineNested(table, "arr", "array", "[" + t + "_insert_input!]!", conflict);
        parts.putMutation(
                table,
                Kind.INSERT,
                Sdl.field(
                        table.rootField("insert", "insert_%s"),
                        t + "_mutation_response",
                        table.rootFieldComment("insert", "insert data into the table: " + quoted),
                        with(Sdl.input("objects", "[" + t + "_insert_input!]!", "the rows to be inserted"), conflict)));
        if (view.readable(table)) {
            parts.putMutation(
                    table,
                    Kind.INSERT_ONE,
                    Sdl.field(
                            table.rootField("insert_one", "insert_%s_one"),
                            t,
                            table.rootFieldComment("insert_one", "insert a single row into the table: " + quoted),
                            with(Sdl.input("object", t + "_insert_input!", "the row to be inserted"), conflict)));
        }
    }

    private static List<InputValueDefinition> with(InputValueDefinition first, List<InputValueDefinition> more) {
        List<InputValueDefinition> all = new ArrayList<>(List.of(first));
        all.addAll(more);
        return all;
    }

    private void defineInput(TrackedTable table, Access.Insert insert) {
        List<InputValueDefinition> fields = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.writable()
                    && insert.columns().contains(column.name())
                    && !insert.presets().containsKey(column.name())) {
                fields.add(Sdl.input(
                        table.fieldOf(column), RoleView.columnType(table, column), table.columnComment(column)));
            }
        }
        for (Relationship relationship : table.relationships().values()) {
            TrackedTable target = view.tables().target(relationship);
            if (view.insert(target) != null) {
                String suffix = relationship.array() ? "_arr_rel_insert_input" : "_obj_rel_insert_input";
                fields.add(Sdl.input(relationship.name(), target.typeName() + suffix));
            }
        }
        parts.define(Sdl.inputObject(
                table.typeName() + "_insert_input",
                "input type for inserting data into table " + RoleView.quoted(table),
                fields.isEmpty() ? List.of(Sdl.input("_PLACEHOLDER", "Boolean")) : fields));
    }

    private void defineNested(
            TrackedTable table, String kind, String what, String data, List<InputValueDefinition> conflict) {
        parts.define(Sdl.inputObject(
                table.typeName() + "_" + kind + "_rel_insert_input",
                "input type for inserting " + what + " relation for remote table " + RoleView.quoted(table),
                with(Sdl.input("data", data), conflict)));
    }

    private List<InputValueDefinition> onConflict(TrackedTable table) {
        List<Table.UniqueConstraint> constraints = table.constraints();
        if (constraints.isEmpty()) {
            return List.of();
        }
        String t = table.typeName();
        String quoted = RoleView.quoted(table);
        List<String> columns =
                view.updatable(table).stream().map(table::fieldOf).toList();
        Map<String, @Nullable String> described = new LinkedHashMap<>();
        constraints.forEach(constraint -> described.put(
                constraint.name(),
                "unique or primary key constraint on columns \"" + String.join("\", \"", constraint.columns()) + '"'));
        parts.define(
                Sdl.enumeration(t + "_constraint", "unique or primary key constraints on table " + quoted, described));
        parts.define(
                columns.isEmpty()
                        ? Sdl.enumeration(
                                t + "_update_column",
                                "placeholder for update columns of table " + quoted
                                        + " (current role has no relevant permissions)",
                                List.of("_PLACEHOLDER"),
                                "(placeholder)")
                        : Sdl.enumeration(
                                t + "_update_column", "update columns of table " + quoted, columns, "column name"));
        parts.define(Sdl.inputObject(
                t + "_on_conflict",
                "on_conflict condition type for table " + quoted,
                List.of(
                        Sdl.input("constraint", t + "_constraint!"),
                        InputValueDefinition.newInputValueDefinition()
                                .name("update_columns")
                                .type(Sdl.type("[" + t + "_update_column!]!"))
                                .defaultValue(ArrayValue.newArrayValue().build())
                                .build(),
                        Sdl.input("where", t + "_bool_exp"))));
        return List.of(Sdl.input("on_conflict", t + "_on_conflict", "upsert condition"));
    }
}
