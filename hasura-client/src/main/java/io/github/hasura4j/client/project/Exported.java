package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The files that the engine's tool makes of a document ({@code metadata.md} A.0 to A.6). */
final class Exported {

    static final List<String> ACTION = List.of("name", "definition", "permissions", "comment");
    static final List<String> ACTION_DEFINITION = List.of(
            "kind",
            "handler",
            "forward_client_headers",
            "headers",
            "timeout",
            "request_transform",
            "response_transform");

    private static final List<String> REMOTE_SCHEMA =
            List.of("name", "definition", "comment", "permissions", "remote_relationships");
    private static final List<String> REMOTE_DEFINITION =
            List.of("url", "url_from_env", "timeout_seconds", "customization", "headers", "forward_client_headers");
    private static final List<String> SOURCE = List.of(
            "name",
            "kind",
            "configuration",
            "query_tags",
            "customization",
            "health_check",
            "logical_models",
            "native_queries",
            "stored_procedures",
            "tables",
            "functions");
    private static final List<String> TYPE = List.of("name", "description", "values", "relationships");

    private final JsonNode document;
    private final Map<String, String> files = new LinkedHashMap<>();

    private Exported(JsonNode document) {
        this.document = document;
    }

    /** The files by their path in the metadata directory. */
    static Map<String, String> files(JsonNode document) {
        Exported exported = new Exported(document);
        exported.files.put(
                "version.yaml", "version: " + document.path("version").asString("3") + "\n");
        exported.sources();
        exported.actions();
        for (String list : MetadataDirectory.LISTS) {
            ArrayNode content = JsonNodeFactory.instance.arrayNode();
            document.path(MetadataDirectory.key(list))
                    .forEach(each -> content.add(list.equals("remote_schemas") ? remoteSchema(each) : each));
            exported.yaml(list + ".yaml", content);
        }
        for (String map : MetadataDirectory.MAPS) {
            JsonNode content = document.path(map);
            exported.yaml(map + ".yaml", content.isObject() ? content : JsonNodeFactory.instance.objectNode());
        }
        return exported.files;
    }

    static void write(JsonNode document, Path directory) {
        files(document).forEach((name, text) -> {
            Path file = directory.resolve(name);
            try {
                Files.createDirectories(file.getParent());
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new HasuraProjectException("Cannot write '%s'".formatted(file), e);
            }
        });
    }

    private void yaml(String name, JsonNode content) {
        files.put(name, YamlText.file(content));
    }

    /** These keys first, then whatever else there is. */
    static ObjectNode ordered(JsonNode map, List<String> keys) {
        ObjectNode ordered = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            if (map.has(key)) {
                ordered.set(key, map.get(key));
            }
        }
        map.properties().forEach(pair -> ordered.putIfAbsent(pair.getKey(), pair.getValue()));
        return ordered;
    }

    private void actions() {
        files.put("actions.graphql", SdlPatch.file(document));
        ObjectNode yaml = JsonNodeFactory.instance.objectNode();
        ArrayNode actions = yaml.putArray("actions");
        document.path("actions").forEach(action -> actions.add(action(action)));
        ObjectNode types = yaml.putObject("custom_types");
        for (String kind : ActionFiles.KINDS) {
            ArrayNode entries = types.putArray(kind);
            document.path("custom_types").path(kind).forEach(type -> entries.add(typeEntry(kind, type)));
        }
        yaml("actions.yaml", yaml);
    }

    private static ObjectNode action(JsonNode action) {
        ObjectNode entry = ordered(action, ACTION);
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("kind", action.path("definition").path("kind").asString(""));
        ordered(action.path("definition"), ACTION_DEFINITION).properties().forEach(pair -> {
            boolean usual = pair.getKey().equals("ignored_client_headers")
                    || pair.getKey().equals("forward_client_headers")
                            && !pair.getValue().asBoolean(false)
                    || pair.getKey().equals("timeout") && pair.getValue().asInt(30) == 30
                    || pair.getKey().equals("headers") && pair.getValue().isEmpty();
            if (!usual && !ActionFiles.SIGNATURE.contains(pair.getKey())) {
                definition.set(pair.getKey(), pair.getValue());
            }
        });
        entry.set("definition", definition);
        if (entry.path("permissions").isEmpty()) {
            entry.remove("permissions");
        }
        return entry;
    }

    /** What of a type stands in {@code actions.yaml}. */
    static ObjectNode typeEntry(String kind, JsonNode type) {
        ObjectNode entry = ordered(type, TYPE);
        entry.remove("fields");
        if (kind.equals("enums")) {
            entry.set("values", enumValues(type));
        }
        if (entry.path("description").isNull()) {
            entry.remove("description");
        }
        return entry;
    }

    private static ArrayNode enumValues(JsonNode type) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : type.path("values")) {
            ObjectNode value = values.addObject();
            value.set("description", orNull(each.path("description")));
            value.set("is_deprecated", orNull(each.path("is_deprecated")));
            value.set("value", each.path("value"));
        }
        return values;
    }

    private static JsonNode orNull(JsonNode value) {
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }

    private static ObjectNode remoteSchema(JsonNode schema) {
        ObjectNode entry = ordered(schema, REMOTE_SCHEMA);
        entry.set("definition", ordered(schema.path("definition"), REMOTE_DEFINITION));
        ArrayNode permissions = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : schema.path("permissions")) {
            ObjectNode permission = ((ObjectNode) each).deepCopy();
            JsonNode sdl = each.path("definition").path("schema");
            if (sdl.isString()) {
                ((ObjectNode) permission.path("definition")).put("schema", formatted(sdl.stringValue()));
            }
            permissions.add(permission);
        }
        if (!permissions.isEmpty()) {
            entry.set("permissions", permissions);
        }
        return entry;
    }

    /** Definitions one below the other, as the tool formats them. */
    private static String formatted(String sdl) {
        try {
            Document parsed = new Parser().parseDocument(sdl);
            return parsed.getDefinitions().stream()
                            .map(definition -> AstPrinter.printAst(definition).strip())
                            .collect(Collectors.joining("\n"))
                    + "\n";
        } catch (InvalidSyntaxException e) {
            return sdl;
        }
    }

    private void sources() {
        ArrayNode sources = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : document.path("sources")) {
            ObjectNode source = ordered(each, SOURCE);
            String name = each.path("name").asString("default");
            source.put("tables", "!include " + name + "/tables/tables.yaml");
            included(name + "/tables", "tables.yaml", each.path("tables"), "table");
            if (each.path("functions").isEmpty()) {
                source.remove("functions");
            } else {
                source.put("functions", "!include " + name + "/functions/functions.yaml");
                included(name + "/functions", "functions.yaml", each.path("functions"), "function");
            }
            sources.add(source);
        }
        files.put("databases/databases.yaml", YamlText.file(sources));
    }

    private void included(String folder, String list, JsonNode elements, String key) {
        ArrayNode includes = JsonNodeFactory.instance.arrayNode();
        for (JsonNode each : elements) {
            String name = fileName(each.path(key)) + ".yaml";
            includes.add("!include " + name);
            files.put("databases/" + folder + "/" + name, YamlText.file(each));
        }
        files.put("databases/" + folder + "/" + list, YamlText.file(includes));
    }

    private static String fileName(JsonNode table) {
        if (table.isArray()) {
            return table.valueStream().map(JsonNode::asString).collect(Collectors.joining("_"));
        }
        String schema = table.path("schema").asString(table.path("dataset").asString("public"));
        return schema + "_"
                + (table.isString() ? table.stringValue() : table.path("name").asString(""));
    }
}
