package io.github.hasura4j.test.engine.schema;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The relationships that lead from the output types of actions to tables. Their columns are fields of the type; what does not fit
 * the type or the database is reported and left out.
 */
public final class ActionRelationships {

    private final Map<String, Map<String, Relationship>> byType = new LinkedHashMap<>();
    private final TrackedTables tables;
    private final Problems problems;

    private ActionRelationships(TrackedTables tables, Problems problems) {
        this.tables = tables;
        this.problems = problems;
    }

    /** Holds the {@code custom_types} of the metadata against the tables. */
    public static ActionRelationships of(JsonNode customTypes, TrackedTables tables, Problems problems) {
        ActionRelationships relationships = new ActionRelationships(tables, problems);
        for (JsonNode type : customTypes.path("objects")) {
            type.path("relationships").forEach(relationship -> relationships.add(type, relationship));
        }
        return relationships;
    }

    /** The relationship behind a field of an output type, or behind the aggregate of one; null for none. */
    public @Nullable Relationship find(String type, String field) {
        Map<String, Relationship> relationships = byType.getOrDefault(type, Map.of());
        Relationship relationship = relationships.get(field);
        if (relationship == null && field.endsWith(Relationship.AGGREGATE)) {
            relationship = relationships.get(field.substring(0, field.length() - Relationship.AGGREGATE.length()));
        }
        return relationship;
    }

    Collection<Relationship> of(String type) {
        return byType.getOrDefault(type, Map.of()).values();
    }

    private void add(JsonNode type, JsonNode json) {
        String typeName = type.path("name").asString("");
        String name = json.path("name").asString("");
        JsonNode remote = json.path("remote_table");
        TableName table = remote.isString()
                ? TableName.of(remote.stringValue())
                : new TableName(
                        remote.path("schema").asString("public"),
                        remote.path("name").asString(""));
        Map<String, String> columns = new LinkedHashMap<>();
        json.path("field_mapping")
                .properties()
                .forEach(pair -> columns.put(pair.getKey(), pair.getValue().asString("")));
        boolean array = json.path("type").asString("").equals("array");
        Relationship relationship = new Relationship(name, array, table, columns, false, false, null);
        String problem = problem(type, relationship);
        if (problem != null) {
            problems.inconsistent(
                    "custom_types",
                    typeName,
                    "Inconsistent object: validation for the given custom types failed because the relationship \""
                            + name + "\" of the object type \"" + typeName + "\" " + problem);
            return;
        }
        byType.computeIfAbsent(typeName, none -> new LinkedHashMap<>()).put(name, relationship);
    }

    private @Nullable String problem(JsonNode type, Relationship relationship) {
        Map<String, String> types = new LinkedHashMap<>();
        type.path("fields")
                .forEach(field -> types.put(
                        field.path("name").asString(""), field.path("type").asString("")));
        Set<String> taken = new HashSet<>(types.keySet());
        of(type.path("name").asString("")).forEach(other -> taken.add(other.name()));
        TrackedTable target = tables.table(relationship.target());
        if (!GraphQlNames.isName(relationship.name()) || taken.contains(relationship.name())) {
            return "needs a name of its own";
        }
        if (target == null) {
            return "leads to the table \"" + relationship.target() + "\", which is not tracked";
        }
        if (relationship.columns().isEmpty()) {
            return "has an empty field_mapping";
        }
        for (Map.Entry<String, String> pair : relationship.columns().entrySet()) {
            String fieldType = types.get(pair.getKey());
            if (fieldType == null || fieldType.startsWith("[")) {
                return "maps the field \"" + pair.getKey() + "\", which is no field of one value there";
            }
            if (target.table().column(pair.getValue()) == null) {
                return "maps to the column \"" + pair.getValue() + "\", which the table \"" + relationship.target()
                        + "\" does not have";
            }
        }
        return null;
    }
}
