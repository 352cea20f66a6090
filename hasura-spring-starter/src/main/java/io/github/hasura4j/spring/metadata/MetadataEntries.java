package io.github.hasura4j.spring.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.EventTriggerMetadata;
import io.github.hasura4j.client.project.EventTriggerMetadata.OperationSpec;
import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.client.project.WantedMetadata;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedAction;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedCronTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedEventTrigger;
import io.github.hasura4j.spring.metadata.HandlerMetadata.WantedValidation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes entries of the metadata document of what handlers want ({@code metadata.md} A.3 to A.6). */
final class MetadataEntries {

    private final HandlerMetadata handlers;
    private final WantedMetadata.Builder wanted;
    private final List<String> unsaid = new ArrayList<>();

    MetadataEntries(HandlerMetadata handlers, String owner, boolean adopting) {
        this.handlers = handlers;
        this.wanted = WantedMetadata.ownedBy(owner);
        if (adopting) {
            wanted.adopting();
        }
    }

    WantedMetadata wanted(@Nullable RemoteSchemaEntry remoteSchema) {
        handlers.actions().forEach(this::action);
        types(handlers.customTypes());
        handlers.eventTriggers().forEach(this::eventTrigger);
        handlers.cronTriggers().forEach(this::cronTrigger);
        handlers.validations().forEach(this::validation);
        if (remoteSchema != null) {
            remoteSchema(remoteSchema);
        }
        return wanted.build();
    }

    /** Handlers for which nothing can be written, because they do not say what it belongs to: a line each. */
    List<String> unsaid() {
        return List.copyOf(unsaid);
    }

    private void action(WantedAction each) {
        ActionMetadata action = each.action();
        Set<String> said = each.said();
        boolean query = action.operation() == ActionMetadata.Operation.QUERY;
        ObjectNode entry = object().put("name", action.name());
        ObjectNode definition = entry.putObject("definition");
        ObjectNode defaults = object().put("name", action.name());
        ObjectNode usual = defaults.putObject("definition");
        usual.put("kind", query ? "" : "synchronous");
        definition.put("handler", action.handler());
        definition.set("headers", headers(action.headers()));
        definition.put("type", query ? "query" : "mutation");
        (said.contains("arguments") ? definition : usual).set("arguments", fields(action.arguments()));
        (said.contains("output_type") ? definition : usual).put("output_type", action.outputType());
        if (said.contains("kind")) {
            definition.put("kind", action.asynchronous() ? "asynchronous" : "synchronous");
        }
        if (said.contains("forward_client_headers")) {
            definition.put("forward_client_headers", action.forwardClientHeaders());
        }
        if (said.contains("timeout")) {
            definition.put("timeout", action.timeoutSeconds());
        }
        if (said.contains("permissions")) {
            ArrayNode permissions = entry.putArray("permissions");
            action.permissions().forEach(role -> permissions.addObject().put("role", role));
        }
        if (said.contains("comment")) {
            entry.put("comment", action.comment());
        }
        wanted.action(entry, defaults);
    }

    private void types(CustomTypes types) {
        types.scalars().forEach(name -> wanted.customType("scalars", object().put("name", name)));
        for (CustomTypes.EnumType each : types.enums()) {
            ObjectNode type = described(each.name(), each.description());
            ArrayNode values = type.putArray("values");
            each.values()
                    .forEach(value -> values.addObject()
                            .put("value", value)
                            .putNull("description")
                            .putNull("is_deprecated"));
            wanted.customType("enums", type);
        }
        for (CustomTypes.InputObjectType each : types.inputObjects()) {
            ObjectNode type = described(each.name(), each.description());
            type.set("fields", fields(each.fields()));
            wanted.customType("input_objects", type);
        }
        for (CustomTypes.ObjectType each : types.objects()) {
            ObjectNode type = described(each.name(), each.description());
            type.set("fields", fields(each.fields()));
            wanted.customType("objects", type);
        }
    }

    private static ArrayNode fields(List<ActionMetadata.Argument> fields) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        fields.forEach(
                field -> list.add(described(field.name(), field.description()).put("type", field.type())));
        return list;
    }

    private static ObjectNode described(String name, @Nullable String description) {
        ObjectNode described = object().put("name", name);
        return description == null ? described : described.put("description", description);
    }

    private void eventTrigger(WantedEventTrigger each) {
        EventTriggerMetadata trigger = each.trigger();
        Set<String> said = each.said();
        if (each.table() == null || !said.contains("operations") && !byItsConditions(each)) {
            unsaid.add(
                    "%s: for an event trigger '%s' in the metadata, say table = \"…\" and operations = … in @HasuraEvent"
                            .formatted(Finding.code(each.handler()), trigger.name()));
            return;
        }
        ObjectNode entry = object().put("name", trigger.name());
        ObjectNode definition = entry.putObject("definition");
        ObjectNode defaults = object().put("name", trigger.name());
        ObjectNode usual = defaults.putObject("definition").put("enable_manual", trigger.enableManual());
        operation("insert", trigger.insert(), each, definition, usual);
        operation("update", trigger.update(), each, definition, usual);
        operation("delete", trigger.delete(), each, definition, usual);
        if (said.contains("enable_manual")) {
            definition.put("enable_manual", trigger.enableManual());
        }
        ObjectNode retry = entry.putObject("retry_conf");
        ObjectNode usualRetry = defaults.putObject("retry_conf");
        number("interval_sec", trigger.intervalSeconds(), said, retry, usualRetry);
        number("num_retries", trigger.numRetries(), said, retry, usualRetry);
        number("timeout_sec", trigger.timeoutSeconds(), said, retry, usualRetry);
        entry.put("webhook", trigger.webhook());
        entry.set("headers", headers(trigger.headers()));
        wanted.eventTrigger(each.source() == null ? "default" : each.source(), each.table(), entry, defaults);
    }

    /** Whether what the handler runs for says what a new trigger fires on, and nothing is to be changed in one that is there. */
    private static boolean byItsConditions(WantedEventTrigger each) {
        EventTriggerMetadata trigger = each.trigger();
        return !each.conditions().isEmpty()
                && (trigger.insert() != null || trigger.update() != null || trigger.delete() != null)
                && !each.said().contains("columns")
                && !each.said().contains("payload");
    }

    private static void operation(
            String name,
            @Nullable OperationSpec spec,
            WantedEventTrigger trigger,
            ObjectNode definition,
            ObjectNode usual) {
        boolean said = trigger.said().contains("operations");
        if (spec == null) {
            if (said) {
                definition.putNull(name);
            }
            return;
        }
        ObjectNode defaults = usual.putObject(name);
        ObjectNode entry = said ? definition.putObject(name) : defaults;
        boolean columns = name.equals("update") && trigger.said().contains("columns");
        columns(columns ? entry : defaults, "columns", spec.columns());
        if (trigger.said().contains("payload")) {
            columns(entry, "payload", spec.payload());
        }
    }

    private static void columns(ObjectNode holder, String key, ColumnSet columns) {
        if (columns.all()) {
            holder.put(key, "*");
        } else {
            ArrayNode names = holder.putArray(key);
            columns.names().forEach(names::add);
        }
    }

    private static void number(String key, int value, Set<String> said, ObjectNode entry, ObjectNode defaults) {
        defaults.put(key, value); // The defaults have all of them, in the engine's order.
        if (said.contains(key)) {
            entry.put(key, value);
        }
    }

    private void cronTrigger(WantedCronTrigger each) {
        if (!each.said().contains("schedule")) {
            return; // For one-off events, or for a trigger that the metadata describe.
        }
        CronTriggerMetadata trigger = each.trigger();
        ObjectNode entry = object().put("name", trigger.name()).put("webhook", trigger.webhook());
        entry.put("schedule", trigger.schedule()).put("include_in_metadata", true);
        entry.set("headers", headers(trigger.headers()));
        wanted.cronTrigger(entry);
    }

    private void validation(WantedValidation each) {
        if (each.table() == null || each.operation() == null || each.roles().isEmpty()) {
            unsaid.add("%s: for a validation in the metadata, say table, operation and permissions in @HasuraValidation"
                    .formatted(Finding.code(each.handler())));
            return;
        }
        ObjectNode entry = object().put("type", "http");
        ObjectNode definition = entry.putObject("definition").put("url", each.url());
        definition.set("headers", headers(each.headers()));
        for (String role : each.roles()) {
            wanted.validation(
                    "default", each.table(), each.operation().name().toLowerCase(java.util.Locale.ROOT), role, entry);
        }
    }

    private void remoteSchema(RemoteSchemaEntry schema) {
        ObjectNode entry = object().put("name", schema.name());
        ObjectNode definition = entry.putObject("definition").put("url", schema.url());
        definition.set("headers", headers(schema.headers()));
        ObjectNode defaults = object().put("name", schema.name());
        defaults.putObject("definition").put("url", schema.url()).put("timeout_seconds", 60);
        wanted.remoteSchema(entry, defaults.put("comment", ""));
    }

    private static ArrayNode headers(List<HeaderMetadata> headers) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (HeaderMetadata each : headers) {
            ObjectNode header = list.addObject().put("name", each.name());
            if (each.valueFromEnv() == null) {
                header.put("value", each.value());
            } else {
                header.put("value_from_env", each.valueFromEnv());
            }
        }
        return list;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
