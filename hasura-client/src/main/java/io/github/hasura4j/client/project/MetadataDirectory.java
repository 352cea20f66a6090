package io.github.hasura4j.client.project;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts the files of a metadata directory together into one document ({@code metadata.md} A.0). */
final class MetadataDirectory {

    /** File name without ending, and the document's key where it is another. */
    static final List<String> LISTS = List.of(
            "remote_schemas", "query_collections", "allow_list", "cron_triggers", "rest_endpoints", "inherited_roles");

    static final List<String> MAPS = List.of(
            "network",
            "api_limits",
            "metrics_config",
            "opentelemetry",
            "backend_configs",
            "graphql_schema_introspection");

    private MetadataDirectory() {}

    static ObjectNode read(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new HasuraProjectException(
                    "There is no metadata directory '%s': export the metadata, or correct 'metadata_directory' in config.yaml"
                            .formatted(directory),
                    null);
        }
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("version", 3);
        document.set("sources", sources(directory));
        for (String list : LISTS) {
            ArrayNode content = list(directory, list);
            if (!content.isEmpty()) {
                document.set(key(list), content);
            }
        }
        ActionFiles.addTo(document, directory);
        for (String map : MAPS) {
            JsonNode content = optional(directory, map);
            if (content.isObject() && !content.isEmpty()) {
                document.set(map, content);
            }
        }
        return document;
    }

    /** The document's key for a file's content. */
    static String key(String list) {
        return list.equals("allow_list") ? "allowlist" : list;
    }

    /** The file of this name, whatever its ending; the one to create if there is none. */
    static Path file(Path directory, String name) {
        for (String ending : List.of("yaml", "yml", "json")) {
            Path file = directory.resolve(name + "." + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        return directory.resolve(name + ".yaml");
    }

    private static ArrayNode sources(Path directory) {
        Path databases = file(directory.resolve("databases"), "databases");
        if (Files.isRegularFile(databases)) {
            return asList(Yaml.readWithIncludes(databases), databases);
        }
        ArrayNode sources = JsonNodeFactory.instance.arrayNode();
        if (exists(directory, "tables") || exists(directory, "functions")) {
            ObjectNode source = sources.addObject().put("name", "default").put("kind", "postgres");
            source.set("tables", list(directory, "tables"));
            source.set("functions", list(directory, "functions"));
        }
        return sources;
    }

    private static boolean exists(Path directory, String name) {
        return Files.isRegularFile(file(directory, name));
    }

    private static ArrayNode list(Path directory, String name) {
        return asList(optional(directory, name), directory.resolve(name + ".yaml"));
    }

    static JsonNode optional(Path directory, String name) {
        Path file = file(directory, name);
        return Files.isRegularFile(file) ? Yaml.readWithIncludes(file) : JsonNodeFactory.instance.nullNode();
    }

    private static ArrayNode asList(JsonNode content, Path file) {
        if (content.isNull()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        if (content instanceof ArrayNode list) {
            return list;
        }
        throw new HasuraProjectException("'%s' should hold a list".formatted(file), null);
    }
}
