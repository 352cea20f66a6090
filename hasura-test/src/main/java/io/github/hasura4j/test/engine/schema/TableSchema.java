package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import io.github.hasura4j.test.engine.schema.RootField.Kind;
import org.jspecify.annotations.Nullable;

/** What one role sees of the tables: fields and types, as {@code graphql-api.md} D has them. */
final class TableSchema {

    private static final List<String> ORDER_BY =
            List.of("asc", "asc_nulls_first", "asc_nulls_last", "desc", "desc_nulls_first", "desc_nulls_last");
    private static final List<String> NUMERIC_AGGREGATES =
            List.of("avg", "stddev", "stddev_pop", "stddev_samp", "var_pop", "var_samp", "variance");
    private static final List<String> TEXT_OPERATORS = List.of(
            "_like",
            "_nlike",
            "_ilike",
            "_nilike",
            "_similar",
            "_nsimilar",
            "_regex",
            "_nregex",
            "_iregex",
            "_niregex");

    private final String role;
    private final boolean backend;
    private final TrackedTables tables;
    private final SchemaParts parts;

    TableSchema(String role, boolean backend, TrackedTables tables, SchemaParts parts) {
        this.role = role;
        this.backend = backend;
        this.tables = tables;
        this.parts = parts;
    }

    void add() {
        tables.enums().forEach((name, values) -> parts.define(Sdl.enumeration(name, null, values)));
        tables.all().forEach(this::addTable);
    }

    private void addTable(TrackedTable table) {
        Access.Select select = table.select(role);
        Access.Insert insert = table.table().view() ? null : table.insert(role, backend);
        Access.Update update = table.table().view() ? null : table.update(role, backend);
        Access.Delete delete = table.table().view() ? null : table.delete(role, backend);
        if (select != null) {
            addSelectFields(table, select);
        }
        if (select != null || insert != null || update != null || delete != null) {
            addBoolExp(table, select);
        }
        if (insert != null || update != null || delete != null) {
            addMutationResponse(table, select);
        }
        if (table.table().view()) {
            nameMutationsOfView(table);
        }
        if (insert != null) {
            addInsertFields(table, insert, update, select);
        }
        if (update != null) {
            addUpdateFields(table, update, select);
        }
        if (delete != null) {
            addDeleteFields(table, select);
        }
    }

    private void nameMutationsOfView(TrackedTable table) {
        for (String field : List.of("insert_%s", "insert_%s_one", "update_%s", "delete_%s")) {
            parts.unsupported(
                    "mutation_root." + field.formatted(table.typeName()), "writing through the view '" + table + "'");
        }
    }

    private void addSelectFields(TrackedTable table, Access.Select select) {
        String t = table.typeName();
        String quoted = quotedName(table);
        List<FieldDefinition> fields = new ArrayList<>();
        List<Column> columns = columns(table, select);
        for (Column column : columns) {
            String type = columnType(table, column)
                    + (column.notNull() && !table.table().view() ? "!" : "");
            List<InputValueDefinition> arguments = column.json()
                    ? List.of(Sdl.input("path", "String", "JSON select path"))
                    : List.<InputValueDefinition>of();
            fields.add(Sdl.field(table.fieldOf(column), type, column.comment(), arguments));
        }
        for (Relationship relationship : table.relationships().values()) {
            TrackedTable target = tables.target(relationship);
            Access.Select targetSelect = target.select(role);
            if (targetSelect == null || columns(target, targetSelect).isEmpty()) {
                continue;
            }
            if (relationship.array()) {
                fields.add(Sdl.field(
                        relationship.name(),
                        "[" + target.typeName() + "!]!",
                        "An array relationship",
                        listArguments(target)));
                if (targetSelect.aggregations()) {
                    fields.add(Sdl.field(
                            relationship.name() + "_aggregate",
                            target.typeName() + "_aggregate!",
                            "An aggregate relationship",
                            listArguments(target)));
                }
            } else {
                fields.add(Sdl.field(
                        relationship.name(),
                        target.typeName() + (relationship.required() ? "!" : ""),
                        "An object relationship",
                        List.of()));
            }
        }
        if (fields.isEmpty()) {
            return;
        }
        parts.define(Sdl.object(t, tableDescription(table, quoted), fields));
        parts.define(Sdl.enumeration(
                t + "_select_column",
                "select columns of table " + quoted,
                columnNames(table, columns, "_PLACEHOLDER")));
        addOrderBy(table, columns);
        addQuery(
                select.hasRootField("select"),
                table.rootField("select", "%s"),
                "[" + t + "!]!",
                "fetch data from the table: " + quoted,
                listArguments(table),
                Kind.SELECT,
                table);
        List<Column> key = table.primaryKey();
        if (!key.isEmpty() && columns.containsAll(key)) {
            addQuery(
                    select.hasRootField("select_by_pk"),
                    table.rootField("select_by_pk", "%s_by_pk"),
                    t,
                    "fetch data from the table: " + quoted + " using primary key columns",
                    keyArguments(table),
                    Kind.SELECT_BY_PK,
                    table);
        }
        if (select.aggregations()) {
            addAggregateTypes(table, columns);
            addQuery(
                    select.hasRootField("select_aggregate"),
                    table.rootField("select_aggregate", "%s_aggregate"),
                    t + "_aggregate!",
                    "fetch aggregated fields from the table: " + quoted,
                    listArguments(table),
                    Kind.SELECT_AGGREGATE,
                    table);
        }
    }

    private void addOrderBy(TrackedTable table, List<Column> columns) {
        List<InputValueDefinition> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(Sdl.input(table.fieldOf(column), "order_by")));
        for (Relationship relationship : table.relationships().values()) {
            if (!relationship.array() && readable(tables.target(relationship))) {
                fields.add(Sdl.input(
                        relationship.name(), tables.target(relationship).typeName() + "_order_by"));
            } else if (relationship.array()) {
                parts.unsupported(
                        table.typeName() + "_order_by." + relationship.name() + "_aggregate",
                        "ordering by aggregates of a relationship");
            }
        }
        if (fields.isEmpty()) {
            fields.add(Sdl.input("_PLACEHOLDER", "order_by"));
        }
        parts.define(Sdl.enumeration("order_by", "column ordering options", ORDER_BY));
        parts.define(Sdl.inputObject(
                table.typeName() + "_order_by",
                "Ordering options when selecting data from " + quotedName(table) + ".",
                fields));
    }

    private void addAggregateTypes(TrackedTable table, List<Column> columns) {
        String t = table.typeName();
        List<FieldDefinition> aggregate = new ArrayList<>();
        aggregate.add(Sdl.field(
                "count",
                "Int!",
                null,
                List.of(Sdl.input("columns", "[" + t + "_select_column!]"), Sdl.input("distinct", "Boolean"))));
        List<Column> numeric = columns.stream()
                .filter(column -> !column.array() && Scalars.isNumeric(Scalars.of(column)))
                .toList();
        List<Column> comparable = columns.stream()
                .filter(column -> !column.array() && Scalars.isComparable(Scalars.of(column)))
                .toList();
        if (!numeric.isEmpty()) {
            aggregate.add(aggregateOver(table, "sum", numeric, null));
            NUMERIC_AGGREGATES.forEach(function -> aggregate.add(aggregateOver(table, function, numeric, "Float")));
        }
        if (!comparable.isEmpty()) {
            aggregate.add(aggregateOver(table, "max", comparable, null));
            aggregate.add(aggregateOver(table, "min", comparable, null));
        }
        parts.define(Sdl.object(t + "_aggregate_fields", "aggregate fields of " + quotedName(table), aggregate));
        parts.define(Sdl.object(
                t + "_aggregate",
                "aggregated selection of " + quotedName(table),
                List.of(Sdl.field("aggregate", t + "_aggregate_fields"), Sdl.field("nodes", "[" + t + "!]!"))));
    }

    private FieldDefinition aggregateOver(
            TrackedTable table, String function, List<Column> columns, @Nullable String type) {
        String name = table.typeName() + "_" + function + "_fields";
        List<FieldDefinition> fields = new ArrayList<>();
        columns.forEach(column ->
                fields.add(Sdl.field(table.fieldOf(column), type == null ? columnType(table, column) : type)));
        parts.define(Sdl.object(name, "aggregate " + function + " on columns", fields));
        return Sdl.field(function, name);
    }

    private void addBoolExp(TrackedTable table, Access.@Nullable Select select) {
        String name = table.typeName() + "_bool_exp";
        List<InputValueDefinition> fields = new ArrayList<>();
        fields.add(Sdl.input("_and", "[" + name + "!]"));
        fields.add(Sdl.input("_not", name));
        fields.add(Sdl.input("_or", "[" + name + "!]"));
        if (select != null) {
            for (Column column : columns(table, select)) {
                fields.add(Sdl.input(table.fieldOf(column), comparison(table, column)));
            }
            for (Relationship relationship : table.relationships().values()) {
                TrackedTable target = tables.target(relationship);
                if (target.select(role) != null) {
                    fields.add(Sdl.input(relationship.name(), target.typeName() + "_bool_exp"));
                    if (relationship.array()) {
                        parts.unsupported(
                                name + "." + relationship.name() + "_aggregate",
                                "filtering by aggregates of a relationship");
                    }
                }
            }
        }
        parts.define(Sdl.inputObject(
                name,
                "Boolean expression to filter rows from the table " + quotedName(table)
                        + ". All fields are combined with a logical 'AND'.",
                fields));
    }

    private String comparison(TrackedTable table, Column column) {
        String enumeration = table.enumColumns().get(column.name());
        String scalar = enumeration != null ? enumeration : Scalars.of(column);
        String value = column.array() ? "[" + scalar + "!]" : scalar;
        String name = scalar + (column.array() ? "_array_comparison_exp" : "_comparison_exp");
        if (parts.isDefined(name)) {
            return name;
        }
        List<InputValueDefinition> operators = new ArrayList<>();
        operators.add(Sdl.input("_eq", value));
        operators.add(Sdl.input("_neq", value));
        operators.add(Sdl.input("_in", "[" + value + "!]"));
        operators.add(Sdl.input("_nin", "[" + value + "!]"));
        operators.add(Sdl.input("_is_null", "Boolean"));
        if (enumeration == null) {
            List.of("_gt", "_gte", "_lt", "_lte").forEach(operator -> operators.add(Sdl.input(operator, value)));
            if (column.array()) {
                operators.add(Sdl.input("_contains", value));
                operators.add(Sdl.input("_contained_in", value));
            } else if (Scalars.isText(scalar)) {
                TEXT_OPERATORS.forEach(operator -> operators.add(Sdl.input(operator, scalar)));
            } else if (scalar.equals("jsonb")) {
                operators.add(Sdl.input("_contains", "jsonb"));
                operators.add(Sdl.input("_contained_in", "jsonb"));
                operators.add(Sdl.input("_has_key", "String"));
                operators.add(Sdl.input("_has_keys_all", "[String!]"));
                operators.add(Sdl.input("_has_keys_any", "[String!]"));
                parts.unsupported("jsonb_comparison_exp._cast", "the operator '_cast'");
            }
        }
        parts.define(Sdl.inputObject(
                name,
                "Boolean expression to compare columns of type \"" + scalar
                        + "\". All fields are combined with logical 'AND'.",
                operators));
        return name;
    }

    private void addMutationResponse(TrackedTable table, Access.@Nullable Select select) {
        List<FieldDefinition> fields = new ArrayList<>();
        fields.add(Sdl.field("affected_rows", "Int!", "number of rows affected by the mutation", List.of()));
        if (select != null && readable(table)) {
            fields.add(Sdl.field(
                    "returning",
                    "[" + table.typeName() + "!]!",
                    "data from the rows affected by the mutation",
                    List.of()));
        }
        parts.define(Sdl.object(
                table.typeName() + "_mutation_response",
                "response of any mutation on the table " + quotedName(table),
                fields));
    }

    private void addInsertFields(
            TrackedTable table, Access.Insert insert, Access.@Nullable Update update, Access.@Nullable Select select) {
        String t = table.typeName();
        String quoted = quotedName(table);
        List<InputValueDefinition> fields = new ArrayList<>();
        for (Column column : table.columns()) {
            if (column.writable()
                    && insert.columns().contains(column.name())
                    && !insert.presets().containsKey(column.name())) {
                fields.add(Sdl.input(table.fieldOf(column), columnType(table, column), column.comment()));
            }
        }
        table.relationships()
                .values()
                .forEach(relationship -> parts.unsupported(
                        t + "_insert_input." + relationship.name(),
                        "the nested insert through relationship '" + relationship.name() + "'"));
        if (fields.isEmpty()) {
            fields.add(Sdl.input("_PLACEHOLDER", "Boolean"));
        }
        parts.define(
                Sdl.inputObject(t + "_insert_input", "input type for inserting data into table " + quoted, fields));
        List<InputValueDefinition> conflict = onConflict(table, update);
        List<InputValueDefinition> many =
                new ArrayList<>(List.of(Sdl.input("objects", "[" + t + "_insert_input!]!", "the rows to be inserted")));
        many.addAll(conflict);
        addMutation(
                table.rootField("insert", "insert_%s"),
                t + "_mutation_response",
                "insert data into the table: " + quoted,
                many,
                Kind.INSERT,
                table);
        if (select != null && readable(table)) {
            List<InputValueDefinition> one =
                    new ArrayList<>(List.of(Sdl.input("object", t + "_insert_input!", "the row to be inserted")));
            one.addAll(conflict);
            addMutation(
                    table.rootField("insert_one", "insert_%s_one"),
                    t,
                    "insert a single row into the table: " + quoted,
                    one,
                    Kind.INSERT_ONE,
                    table);
        }
    }

    private List<InputValueDefinition> onConflict(TrackedTable table, Access.@Nullable Update update) {
        List<Table.UniqueConstraint> constraints = table.constraints();
        if (constraints.isEmpty()) {
            return List.of();
        }
        String t = table.typeName();
        List<String> columns = new ArrayList<>();
        if (update != null) {
            updatable(table, update).forEach(column -> columns.add(table.fieldOf(column)));
        }
        if (columns.isEmpty()) {
            columns.add("_PLACEHOLDER");
        }
        parts.define(Sdl.enumeration(
                t + "_constraint",
                "unique or primary key constraints on table " + quotedName(table),
                constraints.stream().map(Table.UniqueConstraint::name).toList()));
        parts.define(Sdl.enumeration(t + "_update_column", "update columns of table " + quotedName(table), columns));
        parts.define(Sdl.inputObject(
                t + "_on_conflict",
                "on_conflict condition type for table " + quotedName(table),
                List.of(
                        Sdl.input("constraint", t + "_constraint!"),
                        InputValueDefinition.newInputValueDefinition()
                                .name("update_columns")
                                .type(Sdl.type("[" + t + "_update_column!]!"))
                                .defaultValue(graphql.language.ArrayValue.newArrayValue()
                                        .build())
                                .build(),
                        Sdl.input("where", t + "_bool_exp"))));
        return List.of(Sdl.input("on_conflict", t + "_on_conflict", "upsert condition"));
    }

    private void addUpdateFields(TrackedTable table, Access.Update update, Access.@Nullable Select select) {
        String t = table.typeName();
        String quoted = quotedName(table);
        List<Column> columns = updatable(table, update);
        List<InputValueDefinition> operators = new ArrayList<>();
        if (!columns.isEmpty()) {
            operators.add(operator(
                    table, "_set", columns, null, "sets the columns of the filtered rows to the given values"));
            List<Column> numeric = columns.stream()
                    .filter(column -> !column.array() && Scalars.isNumeric(Scalars.of(column)))
                    .toList();
            if (!numeric.isEmpty()) {
                operators.add(
                        operator(table, "_inc", numeric, null, "increments the numeric columns with given value"));
            }
            List<Column> jsonb = columns.stream()
                    .filter(column -> column.json() && column.type().equals("jsonb"))
                    .toList();
            if (!jsonb.isEmpty()) {
                operators.add(operator(
                        table,
                        "_append",
                        jsonb,
                        null,
                        "append existing jsonb value of filtered columns with new jsonb value"));
                operators.add(operator(
                        table,
                        "_prepend",
                        jsonb,
                        null,
                        "prepend existing jsonb value of filtered columns with new jsonb value"));
                operators.add(
                        operator(table, "_delete_key", jsonb, "String", "delete key/value pair or string element"));
                operators.add(
                        operator(table, "_delete_elem", jsonb, "Int", "delete the array element with specified index"));
                operators.add(operator(
                        table,
                        "_delete_at_path",
                        jsonb,
                        "[String!]",
                        "delete the field or element with specified path"));
            }
        }
        List<InputValueDefinition> many = new ArrayList<>(operators);
        many.add(Sdl.input("where", t + "_bool_exp!", "filter the rows which have to be updated"));
        addMutation(
                table.rootField("update", "update_%s"),
                t + "_mutation_response",
                "update data of the table: " + quoted,
                many,
                Kind.UPDATE,
                table);
        parts.unsupported(
                "mutation_root." + table.rootField("update_many", "update_%s_many"), "the update of many at once");
        List<Column> key = table.primaryKey();
        if (!key.isEmpty() && select != null && columns(table, select).containsAll(key)) {
            List<InputValueDefinition> keyFields = new ArrayList<>();
            key.forEach(column -> keyFields.add(Sdl.input(table.fieldOf(column), columnType(table, column) + "!")));
            parts.define(Sdl.inputObject(
                    t + "_pk_columns_input",
                    "primary key columns input for table: " + table.name().name(),
                    keyFields));
            List<InputValueDefinition> byKey = new ArrayList<>(operators);
            byKey.add(Sdl.input("pk_columns", t + "_pk_columns_input!"));
            addMutation(
                    table.rootField("update_by_pk", "update_%s_by_pk"),
                    t,
                    "update single row of the table: " + quoted,
                    byKey,
                    Kind.UPDATE_BY_PK,
                    table);
        }
    }

    private InputValueDefinition operator(
            TrackedTable table, String name, List<Column> columns, @Nullable String type, String description) {
        String input = table.typeName() + name + "_input";
        List<InputValueDefinition> fields = new ArrayList<>();
        columns.forEach(column -> fields.add(
                Sdl.input(table.fieldOf(column), type == null ? columnType(table, column) : type, column.comment())));
        parts.define(Sdl.inputObject(input, "input type for updating data in table " + quotedName(table), fields));
        return Sdl.input(name, input, description);
    }

    private void addDeleteFields(TrackedTable table, Access.@Nullable Select select) {
        String t = table.typeName();
        addMutation(
                table.rootField("delete", "delete_%s"),
                t + "_mutation_response",
                "delete data from the table: " + quotedName(table),
                List.of(Sdl.input("where", t + "_bool_exp!", "filter the rows which have to be deleted")),
                Kind.DELETE,
                table);
        List<Column> key = table.primaryKey();
        if (!key.isEmpty() && select != null && columns(table, select).containsAll(key)) {
            addMutation(
                    table.rootField("delete_by_pk", "delete_%s_by_pk"),
                    t,
                    "delete single row from the table: " + quotedName(table),
                    keyArguments(table),
                    Kind.DELETE_BY_PK,
                    table);
        }
    }

    private boolean readable(TrackedTable table) {
        Access.Select select = table.select(role);
        return select != null && !columns(table, select).isEmpty();
    }

    private static List<Column> columns(TrackedTable table, Access.Select select) {
        return table.columns().stream()
                .filter(column -> select.columns().contains(column.name()))
                .toList();
    }

    private static List<Column> updatable(TrackedTable table, Access.Update update) {
        return table.columns().stream()
                .filter(column -> column.writable()
                        && update.columns().contains(column.name())
                        && !update.presets().containsKey(column.name()))
                .toList();
    }

    private static List<String> columnNames(TrackedTable table, List<Column> columns, String ifNone) {
        return columns.isEmpty()
                ? List.of(ifNone)
                : columns.stream().map(table::fieldOf).toList();
    }

    private static String columnType(TrackedTable table, Column column) {
        String enumeration = table.enumColumns().get(column.name());
        String scalar = enumeration != null ? enumeration : Scalars.of(column);
        return column.array() ? "[" + scalar + "!]" : scalar;
    }

    private static List<InputValueDefinition> listArguments(TrackedTable table) {
        String t = table.typeName();
        return List.of(
                Sdl.input("distinct_on", "[" + t + "_select_column!]", "distinct select on columns"),
                Sdl.input("limit", "Int", "limit the number of rows returned"),
                Sdl.input("offset", "Int", "skip the first n rows. Use only with order_by"),
                Sdl.input("order_by", "[" + t + "_order_by!]", "sort the rows by one or more columns"),
                Sdl.input("where", t + "_bool_exp", "filter the rows returned"));
    }

    private static List<InputValueDefinition> keyArguments(TrackedTable table) {
        List<InputValueDefinition> arguments = new ArrayList<>();
        table.primaryKey()
                .forEach(column -> arguments.add(
                        Sdl.input(table.fieldOf(column), columnType(table, column) + "!", column.comment())));
        return arguments;
    }

    private static String quotedName(TrackedTable table) {
        String name = table.name().schema().equals("public")
                ? table.name().name()
                : table.name().toString();
        return '"' + name + '"';
    }

    private static String tableDescription(TrackedTable table, String quoted) {
        if (table.metadata().comment() != null) {
            return table.metadata().comment();
        }
        String comment = table.table().comment();
        return comment != null ? comment : "columns and relationships of " + quoted;
    }

    private void addQuery(
            boolean exposed,
            String name,
            String type,
            String description,
            List<InputValueDefinition> arguments,
            Kind kind,
            TrackedTable table) {
        if (exposed) {
            parts.put(
                    true,
                    Sdl.field(name, type, description, arguments),
                    new RootField.OfTable(kind, table),
                    "table",
                    table.toString());
        }
    }

    private void addMutation(
            String name,
            String type,
            String description,
            List<InputValueDefinition> arguments,
            Kind kind,
            TrackedTable table) {
        parts.put(
                false,
                Sdl.field(name, type, description, arguments),
                new RootField.OfTable(kind, table),
                "table",
                table.toString());
    }
}
