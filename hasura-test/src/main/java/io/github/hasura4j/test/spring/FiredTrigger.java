package io.github.hasura4j.test.spring;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.client.project.SourceMetadata;
import io.github.hasura4j.client.project.TableMetadata;
import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trigger and its table, as far as the project tells.
 *
 * @param name the trigger
 * @param table its table
 * @param declared the trigger in the metadata; null without a project
 */
record FiredTrigger(String name, TableName table, @Nullable EventTriggerMetadata declared) {

    /**
     * What one event tells.
     *
     * @param operation as the engine spells it
     * @param before the old row, JSON's null for none
     * @param after the new row, JSON's null for none
     */
    record Change(String operation, JsonNode before, JsonNode after) {

        /** Leaves the rows out. */
        @Override
        public String toString() {
            return operation;
        }
    }

    static FiredTrigger find(
            @Nullable Metadata metadata, String name, @Nullable String schema, @Nullable String table) {
        if (metadata == null) {
            return new FiredTrigger(
                    name, new TableName(schema == null ? "public" : schema, table == null ? name : table), null);
        }
        Map<String, FiredTrigger> known = new LinkedHashMap<>();
        for (SourceMetadata source : metadata.sources()) {
            for (TableMetadata each : source.tables()) {
                each.eventTriggers()
                        .forEach(trigger ->
                                known.put(trigger.name(), new FiredTrigger(trigger.name(), each.table(), trigger)));
            }
        }
        FiredTrigger found = known.get(name);
        if (found == null) {
            throw new AssertionError("There is no event trigger '%s' in the project. It has: %s"
                    .formatted(name, known.isEmpty() ? "none" : String.join(", ", known.keySet())));
        }
        return found;
    }

    /** The change as the trigger tells it, with the columns of its payload; fails if it would not fire. */
    Change change(String operation, JsonNode before, JsonNode after) {
        if (declared == null) {
            return new Change(operation, before, after);
        }
        if (operation.equals("MANUAL")) {
            if (!declared.enableManual()) {
                throw new AssertionError("manual mode is not enabled for event trigger: \"" + name + "\"");
            }
            return new Change(operation, before, after);
        }
        OperationSpec spec = switch (operation) {
            case "INSERT" -> declared.insert();
            case "UPDATE" -> declared.update();
            default -> declared.delete();
        };
        if (spec == null) {
            throw new AssertionError("The trigger '%s' does not fire on %s, says the project. It fires on: %s"
                    .formatted(name, operation, operations(declared)));
        }
        if (operation.equals("UPDATE") && !changed(spec.columns(), before, after)) {
            throw new AssertionError(
                    "The trigger '%s' does not fire: no column that it listens to changes. These are: %s"
                            .formatted(
                                    name,
                                    spec.columns().all()
                                            ? "all"
                                            : String.join(", ", spec.columns().names())));
        }
        return new Change(operation, sent(spec.payload(), before), sent(spec.payload(), after));
    }

    private static String operations(EventTriggerMetadata trigger) {
        Map<String, Boolean> fires = new LinkedHashMap<>();
        fires.put("INSERT", trigger.insert() != null);
        fires.put("UPDATE", trigger.update() != null);
        fires.put("DELETE", trigger.delete() != null);
        fires.put("MANUAL", trigger.enableManual());
        fires.values().removeIf(fired -> !fired);
        return String.join(", ", fires.keySet());
    }

    private static boolean changed(ColumnSet listened, JsonNode before, JsonNode after) {
        return after.propertyNames().stream()
                .anyMatch(column ->
                        listened.contains(column) && !after.path(column).equals(before.path(column)));
    }

    private static JsonNode sent(ColumnSet columns, JsonNode row) {
        if (columns.all() || !row.isObject()) {
            return row;
        }
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        row.properties().forEach(column -> {
            if (columns.contains(column.getKey())) {
                some.set(column.getKey(), column.getValue());
            }
        });
        return some;
    }
}
