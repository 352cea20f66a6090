package io.github.hasura4j.test.engine.metadata;

import java.util.Map;
import java.util.regex.Pattern;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Commands on event triggers. */
final class EventTriggerEdits {

    private static final Pattern NAME = Pattern.compile("[A-Za-z]+[A-Za-z0-9_-]*");
    private static final int MAX_NAME = 42;

    private EventTriggerEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "create_event_trigger", EventTriggerEdits::create, "delete_event_trigger", EventTriggerEdits::delete);
    }

    /** Where a trigger stands. */
    record Found(TableName table, ArrayNode list, ObjectNode trigger) {}

    static @Nullable Found find(ObjectNode source, String name) {
        for (JsonNode table : MetadataDocument.list(source, "tables")) {
            if (table.path("event_triggers") instanceof ArrayNode list) {
                ObjectNode trigger = MetadataDocument.by(list, "name", name);
                TableName owner = CommandArgs.name(table.path("table"));
                if (trigger != null && owner != null) {
                    return new Found(owner, list, trigger);
                }
            }
        }
        return null;
    }

    private static Edited create(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        requireName(name, args);
        ObjectNode trigger = trigger(name, args);
        Found existing = find(document.source(args), name);
        ObjectNode table = document.table(args);
        if (args.flag("replace")) {
            if (existing == null || !existing.table.equals(args.table())) {
                throw EngineException.of("not-supported", "$.args", "cannot replace table or schema for trigger");
            }
            MetadataDocument.remove(existing.list, existing.trigger);
        } else if (existing != null) {
            throw EngineException.of(
                    "already-exists", "$.args", "event trigger with name \"" + name + "\" already exists");
        }
        MetadataDocument.list(table, "event_triggers").add(trigger);
        return Edited.added("event_trigger", name + " in table " + args.table());
    }

    private static void requireName(String name, CommandArgs args) {
        if (!NAME.matcher(name).matches()) {
            throw args.wrong("only alphanumeric and underscore and hyphens allowed for name");
        }
        if (name.length() > MAX_NAME) {
            throw args.wrong("event trigger name can be at most 42 characters");
        }
    }

    private static ObjectNode trigger(String name, CommandArgs args) {
        boolean manual = args.flag("enable_manual");
        ObjectNode operations = args.only("insert", "update", "delete");
        if (operations.isEmpty() && !manual) {
            throw args.wrong("atleast one amongst insert/update/delete/enable_manual spec must be provided");
        }
        if (args.json().has("webhook") == args.json().has("webhook_from_env")) {
            throw args.wrong("must provide exactly one of webhook or webhook_from_env");
        }
        ObjectNode trigger = JsonNodeFactory.instance.objectNode().put("name", name);
        ObjectNode definition = trigger.putObject("definition").put("enable_manual", manual);
        definition.setAll(operations);
        trigger.putObject("retry_conf")
                .put(
                        "interval_sec",
                        args.json().path("retry_conf").path("interval_sec").asInt(10))
                .put(
                        "num_retries",
                        args.json().path("retry_conf").path("num_retries").asInt(0))
                .put(
                        "timeout_sec",
                        args.json().path("retry_conf").path("timeout_sec").asInt(60));
        trigger.setAll(args.only(
                "webhook",
                "webhook_from_env",
                "headers",
                "request_transform",
                "response_transform",
                "cleanup_config",
                "trigger_on_replication"));
        return trigger;
    }

    private static Edited delete(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        Found found = find(document.source(args), name);
        if (found == null) {
            throw notExists(name, args);
        }
        MetadataDocument.remove(found.list, found.trigger);
        return Edited.removed("event_trigger", name);
    }

    static EngineException notExists(String name, CommandArgs args) {
        return EngineException.of(
                "not-exists",
                "$.args.name",
                "event trigger with name \"" + name + "\" does not exist in source: "
                        + args.textOr("source", "default"));
    }
}
