package io.github.hasura4j.test.engine.schema;

import java.util.List;

import graphql.language.InputValueDefinition;

/** The arguments that fields of tables have in common. */
final class TableArguments {

    private TableArguments() {}

    /** Those of a list of a table's rows. */
    static List<InputValueDefinition> list(TrackedTable table) {
        String t = table.typeName();
        return list(t + "_select_column", t + "_order_by", t + "_bool_exp");
    }

    static List<InputValueDefinition> list(String columns, String orderBy, String boolExp) {
        return List.of(
                Sdl.input("distinct_on", "[" + columns + "!]", "distinct select on columns"),
                Sdl.input("limit", "Int", "limit the number of rows returned"),
                Sdl.input("offset", "Int", "skip the first n rows. Use only with order_by"),
                Sdl.input("order_by", "[" + orderBy + "!]", "sort the rows by one or more columns"),
                Sdl.input("where", boolExp, "filter the rows returned"));
    }

    /** Every column of the primary key. */
    static List<InputValueDefinition> key(TrackedTable table) {
        return table.primaryKey().stream()
                .map(column ->
                        Sdl.input(table.fieldOf(column), RoleView.columnType(table, column) + "!", column.comment()))
                .toList();
    }

    static InputValueDefinition where(TrackedTable table, String description) {
        return Sdl.input("where", table.typeName() + "_bool_exp!", description);
    }
}
