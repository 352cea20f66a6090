package io.github.hasura4j.test.engine.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Inconsistent objects as the metadata API shows them, and where they stand in the metadata. */
final class Inconsistencies {

    private static final Pattern PART = Pattern.compile("(.+) in table ([^ ]+?)(?: in source .*)?");

    private static final String AMBIGUOUS = "Ambiguous URL paths: ";

    private static final String CONFLICT = "Could not inherit permission";

    private static final Pattern CONFLICTING =
            Pattern.compile(CONFLICT + ".*'(insert|update|delete) permission, table: (.+), source: '(.+)''");

    /** How the reasons of the engine begin. */
    private static final List<String> REASONS = List.of(
            "Inconsistent object",
            "Duplicate variables found in endpoint path",
            "Empty segments or unnamed variables",
            AMBIGUOUS,
            CONFLICT);

    private Inconsistencies() {}

    /** What the engine would call inconsistent; columns that GraphQL cannot name are left out without a word there. */
    static List<InconsistentObject> of(Problems problems) {
        return problems.inconsistentObjects().stream()
                .filter(object -> REASONS.stream().anyMatch(object.reason()::startsWith))
                .toList();
    }

    static ArrayNode json(List<InconsistentObject> objects, ObjectNode document) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> list.add(json(object, document)));
        return list;
    }

    private static ObjectNode json(InconsistentObject object, ObjectNode document) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        if (object.reason().startsWith(AMBIGUOUS)) {
            entry.set("conflicts", conflicts(object, document));
            return entry.put("reason", object.reason());
        }
        Matcher conflict = CONFLICTING.matcher(object.reason());
        if (conflict.matches()) {
            entry.putObject("entity")
                    .put("permission_type", conflict.group(1))
                    .put("source", conflict.group(3))
                    .put("table", conflict.group(2));
            return entry.put("name", object.name())
                    .put("reason", object.reason())
                    .put("type", object.type());
        }
        Located located = locate(object, new MetadataDocument(document));
        entry.set("definition", located == null ? JsonNodeFactory.instance.nullNode() : located.element);
        return entry.put("name", name(object)).put("reason", object.reason()).put("type", object.type());
    }

    /** The endpoints whose paths are ambiguous, as the engine shows them: with their queries in place of the names of these. */
    private static ArrayNode conflicts(InconsistentObject object, ObjectNode document) {
        List<String> urls =
                List.of(object.reason().substring(AMBIGUOUS.length()).split(", "));
        ArrayNode conflicts = JsonNodeFactory.instance.arrayNode();
        for (JsonNode endpoint : document.path("rest_endpoints")) {
            if (urls.contains(endpoint.path("url").asString(""))) {
                JsonNode reference = endpoint.path("definition").path("query");
                Located query = listedQuery(
                        new MetadataDocument(document),
                        reference.path("collection_name").asString(""),
                        reference.path("query_name").asString(""));
                ObjectNode conflict = conflicts.addObject();
                conflict.set("comment", endpoint.path("comment"));
                conflict.putObject("definition")
                        .put(
                                "query",
                                query == null ? "" : query.element.path("query").asString(""));
                conflict.set("methods", endpoint.path("methods"));
                conflict.set("name", endpoint.path("name"));
                conflict.set("url", endpoint.path("url"));
            }
        }
        return conflicts;
    }

    private static @Nullable Located listedQuery(MetadataDocument document, String collection, String name) {
        ObjectNode owner = MetadataDocument.by(document.list("query_collections"), "name", collection);
        return owner == null ? null : Located.in(owner.path("definition").path("queries"), "name", name);
    }

    private static @Nullable Located listedQuery(MetadataDocument document, String name) {
        int end = name.indexOf(" in ");
        Located found = null;
        while (found == null && end > 0) {
            found = listedQuery(document, name.substring(end + 4), name.substring(0, end));
            end = name.indexOf(" in ", end + 1);
        }
        return found;
    }

    private static String name(InconsistentObject object) {
        String name = object.name().replace("table public.", "table ").replaceFirst("^public\\.", "");
        return switch (object.type()) {
            case "function", "computed_field" -> name;
            case "inherited_role" -> "inherited_role inherited role " + name;
            case "object_relation", "array_relation", "table" -> object.type() + " " + name + " in source default";
            default -> object.type() + " " + name;
        };
    }

    /** Takes inconsistent objects out of the metadata, as far as they stand there. */
    static void drop(List<InconsistentObject> objects, MetadataDocument document) {
        for (InconsistentObject object : objects) {
            Located located = locate(object, document);
            if (located != null) {
                MetadataDocument.remove(located.list, located.element);
            }
        }
    }

    private record Located(ArrayNode list, ObjectNode element) {

        static @Nullable Located in(JsonNode list, String key, String value) {
            ObjectNode element = list instanceof ArrayNode array ? MetadataDocument.by(array, key, value) : null;
            return element == null ? null : new Located((ArrayNode) list, element);
        }
    }

    private static @Nullable Located locate(InconsistentObject object, MetadataDocument document) {
        String name = object.name();
        return switch (object.type()) {
            case "action" -> Located.in(document.list("actions"), "name", name);
            case "cron_trigger" -> Located.in(document.list("cron_triggers"), "name", name);
            case "remote_schema" -> Located.in(document.list("remote_schemas"), "name", name);
            case "rest_endpoint" -> Located.in(document.list("rest_endpoints"), "name", name);
            case "inherited_role" -> Located.in(document.list("inherited_roles"), "role_name", name);
            case "query_collections" -> listedQuery(document, name);
            case "remote_schema_permission" -> ofRemoteSchema(document, name);
            case "table" -> table(document, name);
            case "function" ->
                function(document, name.replaceFirst("^function ", "").replaceFirst(" in source .*$", ""));
            case "event_trigger" -> part(document, name, "event_triggers", "name");
            case "object_relation" -> part(document, name, "object_relationships", "name");
            case "array_relation" -> part(document, name, "array_relationships", "name");
            case "computed_field" ->
                part(document, name.replaceFirst("^computed field ", ""), "computed_fields", "name");
            case "insert_permission", "update_permission", "delete_permission", "select_permission" ->
                part(document, name, object.type() + "s", "role");
            default -> null;
        };
    }

    private static @Nullable Located ofRemoteSchema(MetadataDocument document, String name) {
        String[] roleAndSchema = name.split(" permission in remote schema ", 2);
        ObjectNode schema =
                MetadataDocument.by(document.list("remote_schemas"), "name", roleAndSchema[roleAndSchema.length - 1]);
        return schema == null ? null : Located.in(schema.path("permissions"), "role", roleAndSchema[0]);
    }

    private static @Nullable Located part(MetadataDocument document, String name, String section, String key) {
        Matcher matcher = PART.matcher(name);
        if (!matcher.matches()) {
            return null;
        }
        Located table = table(document, matcher.group(2));
        return table == null ? null : Located.in(table.element.path(section), key, matcher.group(1));
    }

    private static @Nullable Located table(MetadataDocument document, String name) {
        int dot = name.indexOf('.');
        TableName wanted =
                dot < 0 ? TableName.of(name) : new TableName(name.substring(0, dot), name.substring(dot + 1));
        for (JsonNode source : document.list("sources")) {
            if (source.path("tables") instanceof ArrayNode tables) {
                ObjectNode table = MetadataDocument.byName(tables, "table", wanted);
                if (table != null) {
                    return new Located(tables, table);
                }
            }
        }
        return null;
    }

    private static @Nullable Located function(MetadataDocument document, String name) {
        for (JsonNode source : document.list("sources")) {
            for (JsonNode function : source.path("functions")) {
                TableName other = CommandArgs.name(function.path("function"));
                if (other != null && other.name().equals(name)) {
                    return new Located((ArrayNode) source.path("functions"), (ObjectNode) function);
                }
            }
        }
        return null;
    }

    /** Those that were not there before; permissions that cannot be inherited are only told about. */
    static List<InconsistentObject> added(Problems before, Problems after) {
        List<InconsistentObject> added = new ArrayList<>(of(after));
        added.removeAll(of(before));
        added.removeIf(object -> object.reason().startsWith(CONFLICT));
        return added;
    }
}
