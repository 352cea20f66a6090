package io.github.hasura4j.test.engine.metadata;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on actions and their types. */
final class ActionEdits {

    private ActionEdits() {}

    static Map<String, Edit> all() {
        return Map.of(
                "set_custom_types", ActionEdits::setTypes,
                "create_action", ActionEdits::create,
                "update_action", ActionEdits::update,
                "drop_action", ActionEdits::drop,
                "create_action_permission", ActionEdits::permit,
                "drop_action_permission", ActionEdits::forbid);
    }

    private static Edited setTypes(MetadataDocument document, CommandArgs args) {
        document.root().set("custom_types", args.only("enums", "input_objects", "objects", "scalars"));
        return Edited.added("custom_types", "");
    }

    private static Edited create(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode actions = document.list("actions");
        if (MetadataDocument.by(actions, "name", name) != null) {
            throw EngineException.of(
                    "already-exists", "$.args.name", "action with name \"" + name + "\" already exists");
        }
        args.object("definition");
        actions.add(args.only("name", "definition", "comment"));
        return Edited.added("action", name);
    }

    private static Edited update(MetadataDocument document, CommandArgs args) {
        ObjectNode action = action(document, args, "name");
        action.set("definition", args.object("definition"));
        action.remove("comment");
        action.setAll(args.only("comment"));
        return Edited.added("action", args.text("name"));
    }

    private static Edited drop(MetadataDocument document, CommandArgs args) {
        MetadataDocument.remove(document.list("actions"), action(document, args, "name"));
        return Edited.removed("action", args.text("name"));
    }

    private static Edited permit(MetadataDocument document, CommandArgs args) {
        String name = args.text("action");
        String role = args.text("role");
        ArrayNode permissions = MetadataDocument.list(action(document, args, "action"), "permissions");
        if (MetadataDocument.by(permissions, "role", role) != null) {
            throw EngineException.of(
                    "already-exists",
                    "$.args",
                    "permission for role \"" + role + "\" is already defined on \"" + name + "\"");
        }
        permissions.add(args.only("role", "comment"));
        return Edited.added("action_permission", name);
    }

    private static Edited forbid(MetadataDocument document, CommandArgs args) {
        String name = args.text("action");
        String role = args.text("role");
        ArrayNode permissions = MetadataDocument.list(action(document, args, "action"), "permissions");
        ObjectNode permission = MetadataDocument.by(permissions, "role", role);
        if (permission == null) {
            throw EngineException.of(
                    "not-exists", "$.args", "permission for role \"" + role + "\" is not defined on \"" + name + "\"");
        }
        MetadataDocument.remove(permissions, permission);
        return Edited.removed("action_permission", name);
    }

    private static ObjectNode action(MetadataDocument document, CommandArgs args, String key) {
        String name = args.text(key);
        ObjectNode action = MetadataDocument.by(document.list("actions"), "name", name);
        if (action == null) {
            throw EngineException.of("not-exists", "$.args." + key, "action with name \"" + name + "\" does not exist");
        }
        return action;
    }
}
