package io.github.hasura4j.test.engine.validation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The {@code data.input} of each table that a mutation writes to, in the shape that the operation has ({@code webhooks.md} 5). */
final class ValidatedInput {

    private final Function<Relationship, TrackedTable> targets;
    private final Map<TrackedTable, ArrayNode> inserted = new LinkedHashMap<>();

    private ValidatedInput(Function<Relationship, TrackedTable> targets) {
        this.targets = targets;
    }

    /**
     * Sorts the arguments of a mutation by table.
     *
     * @param targets where relationships lead, for nested inserts
     */
    static Map<TrackedTable, ArrayNode> of(
            RootField.OfTable root, Map<String, Object> arguments, Function<Relationship, TrackedTable> targets) {
        return switch (root.kind()) {
            case INSERT -> insert(root.table(), arguments.get("objects"), targets);
            case INSERT_ONE -> insert(root.table(), arguments.get("object"), targets);
            case UPDATE, UPDATE_BY_PK, DELETE -> Map.of(root.table(), listOf(EngineJson.tree(arguments)));
            case DELETE_BY_PK -> {
                ObjectNode key = JsonNodeFactory.instance.objectNode();
                key.set("pk_columns", EngineJson.tree(arguments));
                yield Map.of(root.table(), listOf(key));
            }
            case UPDATE_MANY -> Map.of(root.table(), listOfUpdates(arguments.get("updates")));
            case SELECT, SELECT_BY_PK, SELECT_AGGREGATE, SELECT_STREAM, FUNCTION, FUNCTION_AGGREGATE -> Map.of();
        };
    }

    private static Map<TrackedTable, ArrayNode> insert(
            TrackedTable table, @Nullable Object rows, Function<Relationship, TrackedTable> targets) {
        ValidatedInput input = new ValidatedInput(targets);
        input.collect(table, rows);
        return input.inserted;
    }

    private static ArrayNode listOfUpdates(@Nullable Object updates) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        asList(updates).forEach(update -> list.add(EngineJson.tree(update)));
        return list;
    }

    private static ArrayNode listOf(JsonNode element) {
        return JsonNodeFactory.instance.arrayNode().add(element);
    }

    /** Parents come before their children; each table's rows come together, from wherever they are nested. */
    private void collect(TrackedTable table, @Nullable Object rows) {
        ArrayNode all = inserted.computeIfAbsent(table, none -> JsonNodeFactory.instance.arrayNode());
        for (Object row : asList(rows)) {
            all.add(row(table, (Map<?, ?>) row));
            ((Map<?, ?>) row).forEach((field, value) -> {
                Relationship relationship = table.relationship(String.valueOf(field));
                if (relationship != null && value instanceof Map<?, ?> nested) {
                    collect(targets.apply(relationship), nested.get("data"));
                }
            });
        }
    }

    /** A row by the database's names. */
    private ObjectNode row(TrackedTable table, Map<?, ?> fields) {
        ObjectNode row = JsonNodeFactory.instance.objectNode();
        fields.forEach((key, value) -> {
            String field = String.valueOf(key);
            Relationship relationship = table.relationship(field);
            Column column = table.columnOf(field);
            if (relationship != null && value instanceof Map<?, ?> nested) {
                row.putObject(field).set("data", nested(targets.apply(relationship), nested.get("data")));
            } else if (column != null) {
                row.set(column.name(), EngineJson.tree(value));
            } else if (relationship == null) {
                throw EngineException.notSupported("$", "validating '" + field + "' of table '" + table + "'");
            }
        });
        return row;
    }

    private JsonNode nested(TrackedTable table, @Nullable Object data) {
        if (data instanceof Map<?, ?> one) {
            return row(table, one);
        }
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        asList(data).forEach(each -> rows.add(row(table, (Map<?, ?>) each)));
        return rows;
    }

    private static List<?> asList(@Nullable Object value) {
        return value instanceof List<?> list ? list : value == null ? List.of() : new ArrayList<>(List.of(value));
    }
}
