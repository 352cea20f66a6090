package io.github.hasura4j.test.engine.metadata;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on cron triggers and introspection, which belong to no database. */
final class GlobalEdits {

    private GlobalEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "create_cron_trigger", GlobalEdits::createCron,
                "delete_cron_trigger", GlobalEdits::deleteCron,
                "set_graphql_schema_introspection_options", GlobalEdits::setIntrospection);
    }

    private static Edited createCron(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        args.text("webhook");
        args.text("schedule");
        if (!args.json().path("include_in_metadata").isBoolean()) {
            throw args.wrong("key \"include_in_metadata\" not found");
        }
        ArrayNode triggers = document.list("cron_triggers");
        ObjectNode existing = MetadataDocument.by(triggers, "name", name);
        if (existing != null && !args.flag("replace")) {
            throw EngineException.of("already-exists", "$.args", "cron trigger with name: " + name + " already exists");
        }
        if (existing != null) {
            MetadataDocument.remove(triggers, existing);
        }
        triggers.add(args.only(
                "name",
                "webhook",
                "schedule",
                "include_in_metadata",
                "payload",
                "retry_conf",
                "headers",
                "comment",
                "request_transform",
                "response_transform"));
        return Edited.added("cron_trigger", name);
    }

    private static Edited deleteCron(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode triggers = document.list("cron_triggers");
        ObjectNode existing = MetadataDocument.by(triggers, "name", name);
        if (existing == null) {
            throw EngineException.of("not-exists", "$.args", "cron trigger with name: " + name + " does not exist");
        }
        MetadataDocument.remove(triggers, existing);
        return Edited.removed("cron_trigger", name);
    }

    private static Edited setIntrospection(MetadataDocument document, CommandArgs args) {
        document.root().set("graphql_schema_introspection", args.only("disabled_for_roles"));
        return Edited.added("", "");
    }
}
