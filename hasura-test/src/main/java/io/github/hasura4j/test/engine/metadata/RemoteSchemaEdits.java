package io.github.hasura4j.test.engine.metadata;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on remote schemas and their permissions. */
final class RemoteSchemaEdits {

    private RemoteSchemaEdits() {}

    /**
     * The commands.
     *
     * @param permissionsEnabled whether permissions can be added
     */
    static Map<String, Edit> all(boolean permissionsEnabled) {
        return Map.of(
                "add_remote_schema",
                RemoteSchemaEdits::add,
                "update_remote_schema",
                RemoteSchemaEdits::update,
                "remove_remote_schema",
                RemoteSchemaEdits::remove,
                "add_remote_schema_permissions",
                permissionsEnabled ? RemoteSchemaEdits::permit : RemoteSchemaEdits::refusePermission,
                "drop_remote_schema_permissions",
                RemoteSchemaEdits::forbid);
    }

    private static Edited add(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode schemas = document.list("remote_schemas");
        if (MetadataDocument.by(schemas, "name", name) != null) {
            throw EngineException.of(
                    "already-exists", "$.args.name", "remote schema with name \"" + name + "\" already exists");
        }
        args.object("definition");
        schemas.add(args.only("name", "definition", "comment"));
        return Edited.added("remote_schema", name);
    }

    private static Edited update(MetadataDocument document, CommandArgs args) {
        ObjectNode schema = schema(document, args, "name");
        schema.set("definition", args.object("definition"));
        schema.remove("comment");
        schema.remove("remote_relationships");
        schema.setAll(args.only("comment"));
        return Edited.added("remote_schema", args.text("name"));
    }

    private static Edited remove(MetadataDocument document, CommandArgs args) {
        MetadataDocument.remove(document.list("remote_schemas"), schema(document, args, "name"));
        return Edited.removed("remote_schema", args.text("name"));
    }

    static ObjectNode schema(MetadataDocument document, CommandArgs args, String key) {
        String name = args.text(key);
        return MetadataDocument.require(
                document.list("remote_schemas"),
                "name",
                name,
                () -> EngineException.of(
                        "not-exists", "$.args." + key, "remote schema with name \"" + name + "\" does not exist"));
    }

    private static Edited refusePermission(MetadataDocument document, CommandArgs args) {
        throw EngineException.of(
                "constraint-violation",
                "$.args",
                "remote schema permissions can only be added when remote schema permissions are enabled in the graphql-engine");
    }

    private static Edited permit(MetadataDocument document, CommandArgs args) {
        String role = args.text("role");
        ArrayNode permissions = permissions(document, args);
        if (MetadataDocument.by(permissions, "role", role) != null) {
            throw EngineException.of("already-exists", "$.args", permissionsOf(role, args) + " already exists");
        }
        args.object("definition");
        permissions.add(args.only("role", "definition", "comment"));
        return Edited.added(
                "remote_schema_permission", role + " permission in remote schema " + args.text("remote_schema"));
    }

    private static Edited forbid(MetadataDocument document, CommandArgs args) {
        String role = args.text("role");
        ArrayNode permissions = permissions(document, args);
        MetadataDocument.remove(
                permissions,
                MetadataDocument.require(
                        permissions,
                        "role",
                        role,
                        () -> EngineException.of(
                                "not-exists", "$.args", permissionsOf(role, args) + " doesn't exist")));
        return Edited.removed("remote_schema_permission", role);
    }

    private static String permissionsOf(String role, CommandArgs args) {
        return "permissions for role: \"" + role + "\" for remote schema:\"" + args.text("remote_schema") + "\"";
    }

    private static ArrayNode permissions(MetadataDocument document, CommandArgs args) {
        String name = args.text("remote_schema");
        ObjectNode schema = MetadataDocument.require(
                document.list("remote_schemas"),
                "name",
                name,
                () -> EngineException.of("not-exists", "$.args", "remote schema \"" + name + "\" doesn't exist"));
        return MetadataDocument.list(schema, "permissions");
    }
}
