package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Description;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Merges {@code actions.graphql} and {@code actions.yaml} the way the engine's tool does ({@code metadata.md} A.2). */
final class ActionFiles {

    /** The lists of custom types, in the order of the files. */
    static final List<String> KINDS = List.of("enums", "input_objects", "objects", "scalars");

    /** What of an action's definition stands in {@code actions.graphql}. */
    static final List<String> SIGNATURE = List.of("type", "arguments", "output_type");

    private final Path sdlFile;
    private final Map<String, ObjectNode> signatures = new LinkedHashMap<>();
    private final Map<String, Map<String, ObjectNode>> types = new LinkedHashMap<>();

    private ActionFiles(Path sdlFile) {
        this.sdlFile = sdlFile;
    }

    static void addTo(ObjectNode document, Path directory) {
        Path sdlFile = directory.resolve("actions.graphql");
        try {
            String sdl = Files.isRegularFile(sdlFile) ? Files.readString(sdlFile) : "";
            addTo(document, sdlFile, sdl, MetadataDirectory.optional(directory, "actions"));
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s'".formatted(sdlFile), e);
        }
    }

    /** The same for what is, or may become, the content of the two files. */
    static void addTo(ObjectNode document, Path sdlFile, String sdl, JsonNode yaml) {
        ActionFiles files = new ActionFiles(sdlFile);
        files.readSdl(sdl);
        ArrayNode actions = files.mergeActions(yaml.path("actions"));
        ObjectNode customTypes = files.mergeTypes(yaml.path("custom_types"));
        if (!actions.isEmpty()) {
            document.set("actions", actions);
        }
        if (!customTypes.isEmpty()) {
            document.set("custom_types", customTypes);
        }
    }

    /** Whether two documents say the same of actions and types, whatever the order. */
    static boolean same(JsonNode a, JsonNode b) {
        return same(Json.byName(a.path("actions")), Json.byName(b.path("actions")))
                && KINDS.stream()
                        .allMatch(kind -> same(
                                Json.byName(a.path("custom_types").path(kind)),
                                Json.byName(b.path("custom_types").path(kind))));
    }

    private static boolean same(Map<String, JsonNode> a, Map<String, JsonNode> b) {
        return a.keySet().equals(b.keySet())
                && a.keySet().stream().allMatch(name -> Json.same(a.get(name), b.get(name)));
    }

    private void readSdl(String sdl) {
        try {
            if (sdl.isBlank()) {
                return;
            }
            ParserOptions unlimited = ParserOptions.newParserOptions()
                    .maxTokens(Integer.MAX_VALUE)
                    .maxCharacters(Integer.MAX_VALUE)
                    .maxWhitespaceTokens(Integer.MAX_VALUE)
                    .captureIgnoredChars(false)
                    .build();
            Document parsed = Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(sdl)
                    .parserOptions(unlimited)
                    .build());
            parsed.getDefinitions().forEach(this::readDefinition);
        } catch (InvalidSyntaxException e) {
            throw new HasuraProjectException("'%s' is not valid GraphQL: %s".formatted(sdlFile, e.getMessage()), e);
        }
    }

    private void readDefinition(Definition<?> definition) {
        // An extension is a subclass of its definition; only Mutation and Query may be extended.
        if (definition instanceof ObjectTypeDefinition object) {
            switch (object.getName()) {
                case "Mutation" -> object.getFieldDefinitions().forEach(field -> readAction(field, "mutation"));
                case "Query" -> object.getFieldDefinitions().forEach(field -> readAction(field, "query"));
                default -> {
                    ObjectNode type = describe(object.getName(), object.getDescription());
                    ArrayNode fields = type.putArray("fields");
                    object.getFieldDefinitions().forEach(field -> fields.add(field(field)));
                    put("objects", type);
                }
            }
        } else if (definition instanceof InputObjectTypeDefinition input) {
            ObjectNode type = describe(input.getName(), input.getDescription());
            ArrayNode fields = type.putArray("fields");
            input.getInputValueDefinitions().forEach(value -> fields.add(inputValue(value)));
            put("input_objects", type);
        } else if (definition instanceof EnumTypeDefinition enumeration) {
            ObjectNode type = describe(enumeration.getName(), enumeration.getDescription());
            ArrayNode values = type.putArray("values");
            for (EnumValueDefinition value : enumeration.getEnumValueDefinitions()) {
                values.addObject()
                        .put("value", value.getName())
                        .put("description", text(value.getDescription()))
                        .putNull("is_deprecated");
            }
            put("enums", type);
        } else if (definition instanceof ScalarTypeDefinition scalar) {
            put("scalars", describe(scalar.getName(), scalar.getDescription()));
        }
    }

    private void put(String kind, ObjectNode type) {
        ofKind(kind).put(type.get("name").stringValue(), type);
    }

    private Map<String, ObjectNode> ofKind(String kind) {
        return types.computeIfAbsent(kind, none -> new LinkedHashMap<>());
    }

    private void readAction(FieldDefinition field, String operation) {
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("type", operation);
        definition.put("output_type", AstPrinter.printAst(field.getType()));
        ArrayNode arguments = definition.putArray("arguments");
        field.getInputValueDefinitions().forEach(argument -> arguments.add(inputValue(argument)));
        signatures.put(field.getName(), definition);
    }

    private static ObjectNode field(FieldDefinition field) {
        return describe(field.getName(), field.getDescription()).put("type", AstPrinter.printAst(field.getType()));
    }

    private static ObjectNode inputValue(InputValueDefinition value) {
        return describe(value.getName(), value.getDescription()).put("type", AstPrinter.printAst(value.getType()));
    }

    private static ObjectNode describe(String name, @Nullable Description description) {
        ObjectNode described = JsonNodeFactory.instance.objectNode().put("name", name);
        String text = text(description);
        if (text != null) {
            described.put("description", text);
        }
        return described;
    }

    private static @Nullable String text(@Nullable Description description) {
        return description == null ? null : description.getContent().strip();
    }

    private ArrayNode mergeActions(JsonNode yaml) {
        ArrayNode merged = JsonNodeFactory.instance.arrayNode();
        List<String> configured = new ArrayList<>();
        for (JsonNode action : yaml) {
            String name = action.path("name").asString("");
            ObjectNode signature = signatures.get(name);
            if (signature == null
                    && action.path("definition").path("output_type").isMissingNode()) {
                throw new HasuraProjectException(
                        "Action '%s' stands in actions.yaml but not in '%s': add it to type Mutation or Query there, or remove it"
                                .formatted(name, sdlFile),
                        null);
            }
            ObjectNode entry = ((ObjectNode) action).deepCopy();
            if (signature != null) {
                ObjectNode definition = signature.deepCopy();
                action.path("definition").properties().forEach(part -> definition.set(part.getKey(), part.getValue()));
                entry.set("definition", definition);
            }
            merged.add(entry);
            configured.add(name);
        }
        // Without a handler: whoever uses the document says that the action is not usable.
        signatures.forEach((name, signature) -> {
            if (!configured.contains(name)) {
                merged.addObject().put("name", name).set("definition", signature);
            }
        });
        return merged;
    }

    private ObjectNode mergeTypes(JsonNode yaml) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (String kind : KINDS) {
            Map<String, ObjectNode> ofKind = ofKind(kind);
            for (JsonNode extra : yaml.path(kind)) {
                String name = extra.path("name").asString("");
                ObjectNode type = ofKind.get(name);
                if (type == null) {
                    if (extra.has("fields") || extra.has("values") || kind.equals("scalars")) {
                        ofKind.put(name, ((ObjectNode) extra).deepCopy());
                        continue;
                    }
                    throw new HasuraProjectException(
                            "Type '%s' stands in actions.yaml but not in '%s': define it there, or remove it"
                                    .formatted(name, sdlFile),
                            null);
                }
                if (extra.has("relationships")) {
                    type.set("relationships", extra.get("relationships"));
                }
                if (extra.hasNonNull("description")) {
                    type.set("description", extra.get("description"));
                }
            }
            if (!ofKind.isEmpty()) {
                merged.putArray(kind).addAll(ofKind.values());
            }
        }
        return merged;
    }
}
