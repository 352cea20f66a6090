package io.github.hasura4j.test.engine.metadata;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on the parts of a tracked table: permissions, relationships, computed fields. */
final class TablePartEdits {

    private TablePartEdits() {}

    static Map<String, Edit> all() {
        Map<String, Edit> edits = new LinkedHashMap<>();
        for (String kind : List.of("insert", "select", "update", "delete")) {
            edits.put("create_" + kind + "_permission", (document, args) -> permit(document, args, kind));
            edits.put("drop_" + kind + "_permission", (document, args) -> forbid(document, args, kind));
        }
        edits.put("set_permission_comment", TablePartEdits::commentOnPermission);
        edits.putAll(relationships());
        edits.put("add_computed_field", TablePartEdits::addComputedField);
        edits.put("drop_computed_field", TablePartEdits::dropComputedField);
        return edits;
    }

    /** The commands that {@code bulk_atomic} takes too. */
    static Map<String, Edit> relationships() {
        return Map.of(
                "create_object_relationship", (document, args) -> relate(document, args, "object"),
                "create_array_relationship", (document, args) -> relate(document, args, "array"),
                "drop_relationship", TablePartEdits::dropRelationship,
                "rename_relationship", TablePartEdits::renameRelationship,
                "set_relationship_comment", TablePartEdits::commentOnRelationship);
    }

    private static Edited permit(MetadataDocument document, CommandArgs args, String kind) {
        String role = args.text("role");
        ArrayNode permissions = MetadataDocument.list(document.table(args), kind + "_permissions");
        if (MetadataDocument.by(permissions, "role", role) != null) {
            throw EngineException.of(
                    "already-exists",
                    "$.args",
                    "permission already defined on table \"" + MetadataDocument.shown(args.table()) + "\" with role \""
                            + role + "\"");
        }
        args.object("permission");
        permissions.add(args.only("role", "permission", "comment"));
        return Edited.added(kind + "_permission", role + " in table " + args.table());
    }

    private static Edited forbid(MetadataDocument document, CommandArgs args, String kind) {
        String role = args.text("role");
        ArrayNode permissions = MetadataDocument.list(document.table(args), kind + "_permissions");
        MetadataDocument.remove(permissions, permission(permissions, args, kind));
        return Edited.removed(kind + "_permission", role);
    }

    private static ObjectNode permission(ArrayNode permissions, CommandArgs args, String kind) {
        ObjectNode permission = MetadataDocument.by(permissions, "role", args.text("role"));
        if (permission == null) {
            throw EngineException.of(
                    "not-exists",
                    "$.args",
                    kind + " permission on table \"" + MetadataDocument.shown(args.table()) + "\" for role \""
                            + args.text("role") + "\" does not exist");
        }
        return permission;
    }

    private static Edited commentOnPermission(MetadataDocument document, CommandArgs args) {
        String kind = args.text("type");
        ArrayNode permissions = MetadataDocument.list(document.table(args), kind + "_permissions");
        comment(permission(permissions, args, kind), args);
        return Edited.added(kind + "_permission", args.text("role"));
    }

    private static void comment(ObjectNode owner, CommandArgs args) {
        owner.remove("comment");
        owner.setAll(args.only("comment"));
    }

    private static Edited relate(MetadataDocument document, CommandArgs args, String kind) {
        String name = args.text("name");
        ObjectNode table = document.table(args);
        if (find(table, name) != null) {
            throw EngineException.of("already-exists", "$.args", "field with name \"" + name + "\" already exists");
        }
        args.object("using");
        MetadataDocument.list(table, kind + "_relationships").add(args.only("name", "using", "comment"));
        return Edited.added(kind + "_relation", name + " in table " + args.table());
    }

    private static Edited dropRelationship(MetadataDocument document, CommandArgs args) {
        Found found = relationship(document, args, "relationship");
        MetadataDocument.remove(found.list, found.relationship);
        return Edited.removed("object_relation", args.text("relationship"));
    }

    private static Edited renameRelationship(MetadataDocument document, CommandArgs args) {
        Found found = relationship(document, args, "name");
        String name = args.text("new_name");
        found.relationship.put("name", name);
        return Edited.added(found.kind + "_relation", name + " in table " + args.table());
    }

    private static Edited commentOnRelationship(MetadataDocument document, CommandArgs args) {
        Found found = relationship(document, args, "name");
        comment(found.relationship, args);
        return Edited.added(found.kind + "_relation", args.text("name"));
    }

    private record Found(String kind, ArrayNode list, ObjectNode relationship) {}

    private static @Nullable Found find(ObjectNode table, String name) {
        for (String kind : List.of("object", "array")) {
            ArrayNode list = MetadataDocument.list(table, kind + "_relationships");
            ObjectNode relationship = MetadataDocument.by(list, "name", name);
            if (relationship != null) {
                return new Found(kind, list, relationship);
            }
        }
        return null;
    }

    private static Found relationship(MetadataDocument document, CommandArgs args, String key) {
        String name = args.text(key);
        Found found = find(document.table(args), name);
        if (found == null) {
            throw EngineException.of("not-exists", "$.args." + key, "relationship \"" + name + "\" does not exist");
        }
        return found;
    }

    private static Edited addComputedField(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode fields = MetadataDocument.list(document.table(args), "computed_fields");
        if (MetadataDocument.by(fields, "name", name) != null) {
            throw EngineException.of("already-exists", "$.args", "field with name \"" + name + "\" already exists");
        }
        args.object("definition");
        fields.add(args.only("name", "definition", "comment"));
        return Edited.added("computed_field", "computed field " + name + " in table " + args.table());
    }

    private static Edited dropComputedField(MetadataDocument document, CommandArgs args) {
        String name = args.text("name");
        ArrayNode fields = MetadataDocument.list(document.table(args), "computed_fields");
        ObjectNode field = MetadataDocument.by(fields, "name", name);
        if (field == null) {
            throw EngineException.of("not-exists", "$.args.name", "computed field \"" + name + "\" does not exist");
        }
        MetadataDocument.remove(fields, field);
        return Edited.removed("computed_field", name);
    }
}
