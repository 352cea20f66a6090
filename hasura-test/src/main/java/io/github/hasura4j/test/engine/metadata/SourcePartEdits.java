package io.github.hasura4j.test.engine.metadata;

import java.util.Map;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Commands on functions, native queries and logical models. */
final class SourcePartEdits {

    private SourcePartEdits() {}

    static Map<String, Edit> functions() {
        return Map.of(
                "track_function", SourcePartEdits::trackFunction,
                "untrack_function", SourcePartEdits::untrackFunction,
                "set_function_customization", SourcePartEdits::customizeFunction,
                "create_function_permission", SourcePartEdits::permitFunction,
                "drop_function_permission", SourcePartEdits::forbidFunction);
    }

    /** The commands that {@code bulk_atomic} takes too. */
    static Map<String, Edit> queries() {
        return Map.of(
                "track_native_query",
                (document, args) -> track(
                        document,
                        args,
                        "native_queries",
                        "root_field_name",
                        "native query",
                        "root_field_name",
                        "arguments",
                        "code",
                        "comment",
                        "returns"),
                "untrack_native_query",
                (document, args) -> untrack(document, args, "native_queries", "root_field_name", "native query"),
                "track_logical_model",
                (document, args) -> track(
                        document,
                        args,
                        "logical_models",
                        "name",
                        "logical model",
                        "name",
                        "fields",
                        "description",
                        "select_permissions"),
                "untrack_logical_model",
                (document, args) -> untrack(document, args, "logical_models", "name", "logical model"));
    }

    private static Edited track(
            MetadataDocument document, CommandArgs args, String section, String key, String what, String... keys) {
        String name = args.text(key);
        ArrayNode list = MetadataDocument.list(document.source(args), section);
        if (MetadataDocument.by(list, key, name) != null) {
            throw EngineException.of("already-tracked", "$.args", what + " \"" + name + "\" is already tracked");
        }
        list.add(args.only(keys));
        return Edited.added(what.replace(' ', '_'), name);
    }

    private static Edited untrack(
            MetadataDocument document, CommandArgs args, String section, String key, String what) {
        String name = args.text(key);
        ArrayNode list = MetadataDocument.list(document.source(args), section);
        ObjectNode tracked = MetadataDocument.by(list, key, name);
        if (tracked == null) {
            throw EngineException.of("not-found", "$.args", what + " \"" + name + "\" not found");
        }
        MetadataDocument.remove(list, tracked);
        return Edited.removed(what.replace(' ', '_'), name);
    }

    private static Edited trackFunction(MetadataDocument document, CommandArgs args) {
        TableName name = args.table("function");
        ArrayNode functions = MetadataDocument.list(document.source(args), "functions");
        if (MetadataDocument.byName(functions, "function", name) != null) {
            throw EngineException.of(
                    "already-tracked", "$.args", "function already tracked: \"" + MetadataDocument.shown(name) + "\"");
        }
        ObjectNode function = functions.addObject();
        function.set("function", MetadataDocument.write(name));
        function.setAll(args.only("configuration", "comment"));
        return Edited.added("function", "function " + name.name());
    }

    private static Edited untrackFunction(MetadataDocument document, CommandArgs args) {
        MetadataDocument.remove(MetadataDocument.list(document.source(args), "functions"), function(document, args));
        return Edited.removed("function", args.table("function").name());
    }

    private static Edited customizeFunction(MetadataDocument document, CommandArgs args) {
        ObjectNode function = function(document, args);
        function.remove("configuration");
        function.setAll(args.only("configuration"));
        return Edited.added("function", "function " + args.table("function").name());
    }

    private static Edited permitFunction(MetadataDocument document, CommandArgs args) {
        ArrayNode permissions = MetadataDocument.list(function(document, args), "permissions");
        String role = args.text("role");
        if (MetadataDocument.by(permissions, "role", role) != null) {
            throw EngineException.of(
                    "already-exists",
                    "$.args",
                    "permission of role \"" + role + "\" already exists for function \""
                            + MetadataDocument.shown(args.table("function")) + "\"");
        }
        permissions.addObject().put("role", role);
        return Edited.added("function_permission", role);
    }

    private static Edited forbidFunction(MetadataDocument document, CommandArgs args) {
        ArrayNode permissions = MetadataDocument.list(function(document, args), "permissions");
        String role = args.text("role");
        ObjectNode permission = MetadataDocument.by(permissions, "role", role);
        if (permission == null) {
            throw EngineException.of(
                    "not-exists",
                    "$.args",
                    "permission of role \"" + role + "\" does not exist for function \""
                            + MetadataDocument.shown(args.table("function")) + "\"");
        }
        MetadataDocument.remove(permissions, permission);
        return Edited.removed("function_permission", role);
    }

    private static ObjectNode function(MetadataDocument document, CommandArgs args) {
        TableName name = args.table("function");
        JsonNode functions = MetadataDocument.list(document.source(args), "functions");
        ObjectNode function = MetadataDocument.byName((ArrayNode) functions, "function", name);
        if (function == null) {
            throw EngineException.of(
                    "not-exists",
                    "$.args.function",
                    "function \"" + MetadataDocument.shown(name) + "\" does not exist in source: "
                            + args.textOr("source", "default"));
        }
        return function;
    }
}
