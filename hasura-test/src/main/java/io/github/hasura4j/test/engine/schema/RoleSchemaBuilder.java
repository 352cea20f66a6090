package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.TypeUtil;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Table;
import io.github.hasura4j.test.engine.schema.RootField.Kind;
import org.jspecify.annotations.Nullable;

/** Builds the schema of one role, name by name and shape by shape as {@code graphql-api.md} D has them. */
final class RoleSchemaBuilder {

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
    private final Metadata metadata;
    private final TrackedTables tables;
    private final List<RemoteTypes> remotes;
    private final Set<String> unusable;
    private final Problems problems;

    private final TypeDefinitionRegistry registry = new TypeDefinitionRegistry();
    private final Set<String> defined = new LinkedHashSet<>();
    private final Map<String, FieldDefinition> queryFields = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> mutationFields = new LinkedHashMap<>();
    private final Map<String, RootField> queries = new LinkedHashMap<>();
    private final Map<String, RootField> mutations = new LinkedHashMap<>();
    private final Map<String, String> unsupported = new HashMap<>();
    private final Set<String> customTypes = new LinkedHashSet<>();

    RoleSchemaBuilder(
            String role,
            boolean backend,
            Metadata metadata,
            TrackedTables tables,
            List<RemoteTypes> remotes,
            Set<String> unusable,
            Problems problems) {
        this.role = role;
        this.backend = backend;
        this.metadata = metadata;
        this.tables = tables;
        this.remotes = remotes;
        this.unusable = unusable;
        this.problems = problems;
    }

    RoleSchema build() {
        tables.enums().forEach((name, values) -> define(Sdl.enumeration(name, null, values)));
        tables.all().forEach(this::addTable);
        addActions();
        remotes.forEach(this::addRemote);
        addUnsupportedRootFields();
        if (queryFields.isEmpty()) {
            queryFields.put(
                    "no_queries_available",
                    Sdl.field(
                            "no_queries_available",
                            "String!",
                            "There are no queries available to the current role. Either there are no sources or remote"
                                    + " schemas configured, or the current role doesn't have the required permissions.",
                            List.of()));
        }
        define(Sdl.object("query_root", null, List.copyOf(queryFields.values())));
        SchemaDefinition.Builder root = SchemaDefinition.newSchemaDefinition()
                .operationTypeDefinition(new OperationTypeDefinition("query", new TypeName("query_root")));
        if (!mutationFields.isEmpty()) {
            define(Sdl.object("mutation_root", "mutation root", List.copyOf(mutationFields.values())));
            root.operationTypeDefinition(new OperationTypeDefinition("mutation", new TypeName("mutation_root")));
        }
        registry.add(root.build());
        registry.add(Sdl.cachedDirective());
        defineMissingScalars();
        return new RoleSchema(generate(), queries, mutations, unsupported);
    }

    // -- tables -----------------------------------------------------------------------------------------------------

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
            unsupported.put(
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
        define(Sdl.object(t, tableDescription(table, quoted), fields));
        define(Sdl.enumeration(
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
                unsupported.put(
                        table.typeName() + "_order_by." + relationship.name() + "_aggregate",
                        "ordering by aggregates of a relationship");
            }
        }
        if (fields.isEmpty()) {
            fields.add(Sdl.input("_PLACEHOLDER", "order_by"));
        }
        define(Sdl.enumeration("order_by", "column ordering options", ORDER_BY));
        define(Sdl.inputObject(
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
        define(Sdl.object(t + "_aggregate_fields", "aggregate fields of " + quotedName(table), aggregate));
        define(Sdl.object(
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
        define(Sdl.object(name, "aggregate " + function + " on columns", fields));
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
                        unsupported.put(
                                name + "." + relationship.name() + "_aggregate",
                                "filtering by aggregates of a relationship");
                    }
                }
            }
        }
        define(Sdl.inputObject(
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
        if (defined.contains(name)) {
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
                unsupported.put("jsonb_comparison_exp._cast", "the operator '_cast'");
            }
        }
        define(Sdl.inputObject(
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
        define(Sdl.object(
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
                .forEach(relationship -> unsupported.put(
                        t + "_insert_input." + relationship.name(),
                        "the nested insert through relationship '" + relationship.name() + "'"));
        if (fields.isEmpty()) {
            fields.add(Sdl.input("_PLACEHOLDER", "Boolean"));
        }
        define(Sdl.inputObject(t + "_insert_input", "input type for inserting data into table " + quoted, fields));
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
        define(Sdl.enumeration(
                t + "_constraint",
                "unique or primary key constraints on table " + quotedName(table),
                constraints.stream().map(Table.UniqueConstraint::name).toList()));
        define(Sdl.enumeration(t + "_update_column", "update columns of table " + quotedName(table), columns));
        define(Sdl.inputObject(
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
        unsupported.put(
                "mutation_root." + table.rootField("update_many", "update_%s_many"), "the update of many at once");
        List<Column> key = table.primaryKey();
        if (!key.isEmpty() && select != null && columns(table, select).containsAll(key)) {
            List<InputValueDefinition> keyFields = new ArrayList<>();
            key.forEach(column -> keyFields.add(Sdl.input(table.fieldOf(column), columnType(table, column) + "!")));
            define(Sdl.inputObject(
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
        define(Sdl.inputObject(input, "input type for updating data in table " + quotedName(table), fields));
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

    // -- actions ----------------------------------------------------------------------------------------------------

    private void addActions() {
        CustomTypes types = metadata.customTypes();
        types.scalars()
                .forEach(name -> define(ScalarTypeDefinition.newScalarTypeDefinition()
                        .name(name)
                        .build()));
        types.enums().forEach(type -> defineCustom(Sdl.enumeration(type.name(), type.description(), type.values())));
        types.inputObjects()
                .forEach(type -> defineCustom(Sdl.inputObject(type.name(), type.description(), inputs(type.fields()))));
        for (CustomTypes.ObjectType type : types.objects()) {
            List<FieldDefinition> fields = new ArrayList<>();
            type.fields()
                    .forEach(
                            field -> fields.add(Sdl.field(field.name(), field.type(), field.description(), List.of())));
            defineCustom(Sdl.object(type.name(), type.description(), fields));
            type.relationships().forEach(name -> {
                problems.unsupported("relationship '" + name + "' of the action type '" + type.name() + "'");
                unsupported.put(type.name() + "." + name, "the relationship of an action's output to a table");
            });
        }
        for (ActionMetadata action : metadata.actions()) {
            String unknown = unknownType(action);
            if (action.handler() == null) {
                problems.inconsistent("action", action.name(), "it stands in actions.graphql but not in actions.yaml");
            } else if (unknown != null) {
                problems.inconsistent(
                        "action",
                        action.name(),
                        "Inconsistent object: the type: \"" + unknown
                                + "\" is not defined in custom types or the database");
            } else if (!unusable.contains(action.name())
                    && (role.equals(Session.ADMIN) || action.permissions().contains(role))) {
                addAction(action);
            }
        }
    }

    /** The first type an action uses that nobody knows, or null. */
    private @Nullable String unknownType(ActionMetadata action) {
        List<String> used = new ArrayList<>();
        used.add(action.outputType());
        action.arguments().forEach(argument -> used.add(argument.type()));
        for (String type : used) {
            String name = TypeUtil.unwrapAll(Sdl.type(type)).getName();
            if (!isKnown(name)) {
                return name;
            }
            for (String field : fieldTypes(name)) {
                String fieldType = TypeUtil.unwrapAll(Sdl.type(field)).getName();
                if (!isKnown(fieldType)) {
                    return fieldType;
                }
            }
        }
        return null;
    }

    private boolean isKnown(String type) {
        return ScalarInfo.isGraphqlSpecifiedScalar(type)
                || customTypes.contains(type)
                || tables.databaseTypes().contains(type)
                || Scalars.isScalar(type)
                || tables.enums().containsKey(type);
    }

    private List<String> fieldTypes(String type) {
        List<String> types = new ArrayList<>();
        metadata.customTypes().objects().stream()
                .filter(object -> object.name().equals(type))
                .forEach(object -> object.fields().forEach(field -> types.add(field.type())));
        metadata.customTypes().inputObjects().stream()
                .filter(object -> object.name().equals(type))
                .forEach(object -> object.fields().forEach(field -> types.add(field.type())));
        return types;
    }

    private void defineCustom(SDLDefinition<?> definition) {
        String name = ((TypeDefinition<?>) definition).getName();
        if (define(definition)) {
            customTypes.add(name);
        } else {
            problems.inconsistent("custom_types", name, "Inconsistent object: the type's name is taken already");
        }
    }

    private void addAction(ActionMetadata action) {
        boolean query = action.operation() == ActionMetadata.Operation.QUERY;
        FieldDefinition field = Sdl.field(
                action.name(),
                action.asynchronous() ? "uuid!" : action.outputType(),
                action.comment(),
                inputs(action.arguments()));
        put(query, field, new RootField.OfAction(action), "action", action.name());
        if (action.asynchronous()) {
            unsupported.put("query_root." + action.name(), "the result of asynchronous action '" + action.name() + "'");
        }
    }

    private static List<InputValueDefinition> inputs(List<ActionMetadata.Argument> arguments) {
        List<InputValueDefinition> inputs = new ArrayList<>();
        arguments.forEach(argument -> inputs.add(Sdl.input(argument.name(), argument.type(), argument.description())));
        return inputs;
    }

    // -- remote schemas ---------------------------------------------------------------------------------------------

    private void addRemote(RemoteTypes remote) {
        for (SDLDefinition<?> definition : remote.types()) {
            if (definition instanceof TypeDefinition<?> type) {
                boolean scalar = type instanceof ScalarTypeDefinition;
                if (!define(type) && !scalar) {
                    problems.inconsistent(
                            "remote_schema",
                            remote.name(),
                            "its type '" + type.getName() + "' has a name that is taken already; the type is left out");
                }
            }
        }
        remote.queries()
                .forEach(field ->
                        put(true, field, new RootField.OfRemoteSchema(remote.name()), "remote_schema", remote.name()));
        remote.mutations()
                .forEach(field ->
                        put(false, field, new RootField.OfRemoteSchema(remote.name()), "remote_schema", remote.name()));
    }

    // -- putting together -------------------------------------------------------------------------------------------

    private void addUnsupportedRootFields() {
        for (var source : metadata.sources()) {
            source.nativeQueries()
                    .forEach(name -> unsupported.put("query_root." + name, "the native query '" + name + "'"));
            for (String function : source.functions()) {
                String name = function.startsWith("public.") ? function.substring(7) : function.replace('.', '_');
                unsupported.put("query_root." + name, "the function '" + function + "'");
                unsupported.put("query_root." + name + "_aggregate", "the function '" + function + "'");
                unsupported.put("mutation_root." + name, "the function '" + function + "'");
            }
        }
        for (TrackedTable table : tables.all()) {
            table.metadata()
                    .computedFields()
                    .forEach(name -> List.of("", "_bool_exp", "_order_by")
                            .forEach(suffix -> unsupported.put(
                                    table.typeName() + suffix + "." + name, "the computed field '" + name + "'")));
            table.metadata()
                    .remoteRelationships()
                    .forEach(name ->
                            unsupported.put(table.typeName() + "." + name, "the remote relationship '" + name + "'"));
        }
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
            put(
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
        put(
                false,
                Sdl.field(name, type, description, arguments),
                new RootField.OfTable(kind, table),
                "table",
                table.toString());
    }

    private void put(boolean query, FieldDefinition field, RootField behind, String kind, String owner) {
        Map<String, FieldDefinition> fields = query ? queryFields : mutationFields;
        if (fields.putIfAbsent(field.getName(), field) != null) {
            problems.inconsistent(
                    kind,
                    owner,
                    "Inconsistent object: the field '" + field.getName() + "' of "
                            + (query ? "query_root" : "mutation_root") + " is taken already");
            return;
        }
        (query ? queries : mutations).put(field.getName(), behind);
    }

    /** Adds a definition, unless its name is taken. */
    private boolean define(SDLDefinition<?> definition) {
        String name = ((TypeDefinition<?>) definition).getName();
        if (ScalarInfo.isGraphqlSpecifiedScalar(name) || !defined.add(name)) {
            return false;
        }
        registry.add(definition);
        return true;
    }

    private void defineMissingScalars() {
        Set<String> used = new LinkedHashSet<>();
        for (TypeDefinition<?> type : registry.types().values()) {
            if (type instanceof ObjectTypeDefinition object) {
                object.getFieldDefinitions().forEach(field -> collect(field, used));
            } else if (type instanceof InterfaceTypeDefinition face) {
                face.getFieldDefinitions().forEach(field -> collect(field, used));
            } else if (type instanceof InputObjectTypeDefinition input) {
                input.getInputValueDefinitions()
                        .forEach(value ->
                                used.add(TypeUtil.unwrapAll(value.getType()).getName()));
            }
        }
        used.removeAll(defined);
        used.forEach(name ->
                define(ScalarTypeDefinition.newScalarTypeDefinition().name(name).build()));
    }

    private static void collect(FieldDefinition field, Set<String> used) {
        used.add(TypeUtil.unwrapAll(field.getType()).getName());
        field.getInputValueDefinitions()
                .forEach(value -> used.add(TypeUtil.unwrapAll(value.getType()).getName()));
    }

    private GraphQLSchema generate() {
        RuntimeWiring wiring =
                RuntimeWiring.newRuntimeWiring().wiringFactory(new Wiring()).build();
        return new SchemaGenerator().makeExecutableSchema(registry, wiring);
    }

    /** Nothing is fetched through graphql-java except introspection, so types need no resolving. */
    private static final class Wiring implements WiringFactory {

        private static final TypeResolver NOBODY_ASKS = environment -> null;

        @Override
        public boolean providesScalar(ScalarWiringEnvironment environment) {
            return !ScalarInfo.isGraphqlSpecifiedScalar(
                    environment.getScalarTypeDefinition().getName());
        }

        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return Scalars.passing(environment.getScalarTypeDefinition().getName());
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return NOBODY_ASKS;
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return NOBODY_ASKS;
        }
    }
}
