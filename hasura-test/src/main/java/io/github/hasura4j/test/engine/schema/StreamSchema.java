package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.schema.RootField.Kind;
import org.jspecify.annotations.Nullable;

/** The streaming field of a table, under {@code subscription_root} alone. */
final class StreamSchema {

    private final RoleView view;
    private final SchemaParts parts;

    StreamSchema(RoleView view, SchemaParts parts) {
        this.view = view;
        this.parts = parts;
    }

    void add(TrackedTable table) {
        Access.Select select = view.select(table);
        if (select == null
                || !select.hasSubscriptionField("select_stream")
                || view.columns(table).isEmpty()) {
            return;
        }
        String t = table.typeName();
        defineCursor(table);
        FieldDefinition field = Sdl.field(
                table.rootField("select_stream", "%s_stream"),
                "[" + t + "!]!",
                table.rootFieldComment(
                        "select_stream", "fetch data from the table in a streaming manner: " + RoleView.quoted(table)),
                List.of(
                        Sdl.input("batch_size", "Int!", "maximum number of rows returned in a single batch"),
                        Sdl.input(
                                "cursor",
                                "[" + t + "_stream_cursor_input]!",
                                "cursor to stream the results returned by the query"),
                        Sdl.input("where", t + "_bool_exp", "filter the rows returned")));
        parts.putSubscription(field, new RootField.OfTable(Kind.SELECT_STREAM, table), "table", table.toString());
    }

    private void defineCursor(TrackedTable table) {
        String t = table.typeName();
        List<InputValueDefinition> columns = new ArrayList<>();
        view.columns(table)
                .forEach(column -> columns.add(Sdl.input(
                        table.fieldOf(column), RoleView.columnType(table, column), table.columnComment(column))));
        parts.define(Sdl.inputObject(
                t + "_stream_cursor_value_input",
                "Initial value of the column from where the streaming should start",
                columns));
        parts.define(Sdl.inputObject(
                t + "_stream_cursor_input",
                "Streaming cursor of the table " + RoleView.quoted(table),
                List.of(
                        Sdl.input(
                                "initial_value",
                                t + "_stream_cursor_value_input!",
                                "Stream column input with initial value"),
                        Sdl.input("ordering", "cursor_ordering", "cursor ordering"))));
        Map<String, @Nullable String> orderings =
                Map.of("ASC", "ascending ordering of the cursor", "DESC", "descending ordering of the cursor");
        parts.define(Sdl.enumeration("cursor_ordering", "ordering argument of a cursor", orderings));
    }
}
