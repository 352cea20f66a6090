package io.github.hasura4j.client.project;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Reads YAML (or JSON) files into JSON trees; an {@code !include} tag becomes the text the exporter would have quoted. */
final class Yaml {

    private static final String INCLUDE = "!include";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Yaml() {}

    /** The file's content; null where the file is empty. */
    static JsonNode read(Path file) {
        try {
            return parse(file, Files.readString(file));
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s'".formatted(file), e);
        }
    }

    /** The same for text that is, or may become, a file's. */
    static JsonNode parse(Path file, String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file.toString())
                .setSchema(new CoreSchema())
                .setCodePointLimit(64 * 1024 * 1024)
                .setMaxAliasesForCollections(1000)
                .setTagConstructors(Map.of(
                        new Tag(INCLUDE),
                        scalar(include -> INCLUDE + " " + include),
                        new Tag(Tag.PREFIX + "float"),
                        scalar(Yaml::number)))
                .build();
        try {
            return JSON.valueToTree(new Load(settings).loadFromString(text));
        } catch (YamlEngineException e) {
            throw new HasuraProjectException("'%s' is not valid YAML: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The file's content with every include below it replaced by the file it names, relative to the including one. */
    static JsonNode readWithIncludes(Path file) {
        return resolve(read(file), file);
    }

    /** A file's content with every include below it replaced. */
    static JsonNode resolve(JsonNode content, Path file) {
        return resolve(content, file, 0);
    }

    /** What an include of this file stands for. */
    static JsonNode included(String include, Path file) {
        return include(include, file, 0);
    }

    /** The file that an include names. */
    static Path includedFile(String include, Path file) {
        int blank = include.indexOf(' ');
        return file.resolveSibling(
                        blank < 0
                                ? ""
                                : stripQuotes(include.substring(blank + 1).strip()))
                .normalize();
    }

    private static JsonNode resolve(JsonNode node, Path file, int depth) {
        if (node instanceof StringNode text && text.stringValue().contains(INCLUDE)) {
            return include(text.stringValue(), file, depth);
        }
        if (node instanceof ArrayNode list) {
            ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> resolved.add(resolve(element, file, depth)));
            return resolved;
        }
        if (node instanceof ObjectNode map) {
            ObjectNode resolved = JsonNodeFactory.instance.objectNode();
            map.properties().forEach(entry -> resolved.set(entry.getKey(), resolve(entry.getValue(), file, depth)));
            return resolved;
        }
        return node;
    }

    private static JsonNode include(String text, Path file, int depth) {
        Path included = includedFile(text, file);
        String target = String.valueOf(included.getFileName());
        if (depth > 20) {
            throw new HasuraProjectException("'%s' includes itself over and over".formatted(file), null);
        }
        if (!Files.isRegularFile(included)) {
            throw new HasuraProjectException(
                    "'%s' has '%s', but there is no file '%s'".formatted(file, text, included), null);
        }
        if (target.endsWith(".yaml") || target.endsWith(".yml") || target.endsWith(".json")) {
            return resolve(read(included), included, depth + 1);
        }
        try {
            return StringNode.valueOf(Files.readString(included));
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s', included by '%s'".formatted(included, file), e);
        }
    }

    private static String stripQuotes(String text) {
        boolean quoted = text.length() > 1
                && (text.startsWith("\"") || text.startsWith("'"))
                && text.charAt(text.length() - 1) == text.charAt(0);
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static @Nullable Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException infinityOrNan) {
            return text;
        }
    }

    private static ConstructNode scalar(java.util.function.Function<String, @Nullable Object> reader) {
        return new ConstructNode() {
            @Override
            public @Nullable Object construct(@Nullable Node node) {
                if (node instanceof ScalarNode scalar) {
                    return reader.apply(scalar.getValue());
                }
                throw new YamlEngineException("a plain text is expected here");
            }
        };
    }
}
