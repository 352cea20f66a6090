package io.github.hasura4j.test.engine.metadata;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.schema.InheritedRoles;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on cron triggers, inherited roles, OpenTelemetry and introspection, which belong to no database. */
final class GlobalEdits {

    private GlobalEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "create_cron_trigger", GlobalEdits::createCron,
                "delete_cron_trigger", GlobalEdits::deleteCron,
                "add_inherited_role", GlobalEdits::addRole,
                "drop_inherited_role", GlobalEdits::dropRole,
                "set_opentelemetry_config", GlobalEdits::setTelemetry,
                "set_opentelemetry_status", GlobalEdits::setTelemetryStatus,
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
        MetadataDocument.remove(
                triggers,
                MetadataDocument.require(
                        triggers,
                        "name",
                        name,
                        () -> EngineException.of(
                                "not-exists", "$.args", "cron trigger with name: " + name + " does not exist")));
        return Edited.removed("cron_trigger", name);
    }

    /** Takes the place of a role that has the name already. */
    private static Edited addRole(MetadataDocument document, CommandArgs args) {
        String name = args.text("role_name");
        if (!args.json().path("role_set").isArray()) {
            throw args.wrong("key \"role_set\" not found");
        }
        for (JsonNode parent : args.json().path("role_set")) {
            if (parent.asString("").equals(name)) {
                throw EngineException.of(
                        "invalid-params", "$.args", "an inherited role name cannot be in the role combination");
            }
        }
        ArrayNode roles = document.list("inherited_roles");
        ObjectNode existing = MetadataDocument.by(roles, "role_name", name);
        if (existing != null) {
            MetadataDocument.remove(roles, existing);
        }
        roles.add(args.only("role_name", "role_set"));
        List<String> cycle = InheritedRoles.cycle(document.root());
        if (!cycle.isEmpty()) {
            throw EngineException.of("cyclic-dependency", "$.args", InheritedRoles.inCircles(cycle));
        }
        return Edited.added("inherited_role", name);
    }

    private static Edited dropRole(MetadataDocument document, CommandArgs args) {
        String name = args.text("role_name");
        ArrayNode roles = document.list("inherited_roles");
        MetadataDocument.remove(
                roles,
                MetadataDocument.require(
                        roles,
                        "role_name",
                        name,
                        () -> EngineException.of(
                                "not-exists", "$.args", "\"" + name + "\" inherited role doesn't exist")));
        return Edited.added("inherited_role", name);
    }

    private static Edited setTelemetry(MetadataDocument document, CommandArgs args) {
        requireStatus(args, args.json().path("status").asString("disabled"));
        document.root()
                .set("opentelemetry", args.only("status", "data_types", "exporter_otlp", "batch_span_processor"));
        return Edited.added("open_telemetry", "all");
    }

    private static Edited setTelemetryStatus(MetadataDocument document, CommandArgs args) {
        String status = args.json().asString("");
        requireStatus(args, status);
        document.root().withObjectProperty("opentelemetry").put("status", status);
        return Edited.added("open_telemetry", "all");
    }

    private static void requireStatus(CommandArgs args, String status) {
        if (!status.equals("enabled") && !status.equals("disabled")) {
            throw args.wrong("OpenTelemetry status must be either \"enabled\" or \"disabled\"");
        }
    }

    private static Edited setIntrospection(MetadataDocument document, CommandArgs args) {
        document.root().set("graphql_schema_introspection", args.only("disabled_for_roles"));
        return Edited.added("", "");
    }
}
