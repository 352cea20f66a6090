package io.github.hasura4j.test.engine.remote;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import graphql.language.ImplementingTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.ScalarInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The {@code customization} of a remote schema: other names for its types and fields, and a field of its own for its root fields.
 * A mapping goes before prefix and suffix; fields are told by the server's name of their type.
 */
final class Customization {

    private final @Nullable String namespace;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> fields = new LinkedHashMap<>();
    private final Map<String, String> serverTypes = new HashMap<>();
    private final Map<String, Map<String, String>> serverFields = new HashMap<>();

    private Customization(@Nullable String namespace) {
        this.namespace = namespace;
    }

    static Customization of(@Nullable JsonNode json, ServerTypes server) {
        JsonNode given = json == null ? MissingNode.getInstance() : json;
        String namespace = given.path("root_fields_namespace").asString("");
        Customization names = new Customization(namespace.isEmpty() ? null : namespace);
        names.nameTypes(given.path("type_names"), server);
        given.path("field_names").forEach(ofType -> names.nameFields(ofType, server));
        names.types.forEach((type, name) -> names.serverTypes.put(name, type));
        names.fields.forEach((type, renamed) -> {
            Map<String, String> back = new HashMap<>();
            renamed.forEach((field, name) -> back.put(name, field));
            names.serverFields.put(type, back);
        });
        return names;
    }

    private void nameTypes(JsonNode json, ServerTypes server) {
        for (String type : server.types().keySet()) {
            // Without a namespace there are no root types of this server's own that could have a name.
            boolean kept = ScalarInfo.isGraphqlSpecifiedScalar(type)
                    || type.startsWith("__")
                    || namespace == null && server.isRoot(type);
            String name = named(type, json, kept);
            if (!name.equals(type)) {
                types.put(type, name);
            }
        }
    }

    private void nameFields(JsonNode json, ServerTypes server) {
        String type = json.path("parent_type").asString("");
        Map<String, String> renamed = fields.computeIfAbsent(type, none -> new LinkedHashMap<>());
        server.fields(type).forEach(field -> renamed.put(field.getName(), named(field.getName(), json, false)));
    }

    private static String named(String name, JsonNode json, boolean kept) {
        JsonNode mapped = json.path("mapping").path(name);
        if (mapped.isString()) {
            return mapped.stringValue();
        }
        return kept
                ? name
                : json.path("prefix").asString("") + name + json.path("suffix").asString("");
    }

    /** The field that holds the root fields; null if they stand among those of everybody. */
    @Nullable
    String namespace() {
        return namespace;
    }

    boolean renamesTypes() {
        return !types.isEmpty();
    }

    String type(String serverType) {
        return types.getOrDefault(serverType, serverType);
    }

    String field(String serverType, String serverField) {
        return fields.getOrDefault(serverType, Map.of()).getOrDefault(serverField, serverField);
    }

    String serverType(String type) {
        return serverTypes.getOrDefault(type, type);
    }

    String serverField(String serverType, String field) {
        return serverFields.getOrDefault(serverType, Map.of()).getOrDefault(field, field);
    }

    /** What is wrong with the names, in the engine's words; null if nothing is. */
    @Nullable
    String problem(ServerTypes server) {
        for (TypeDefinition<?> type : server.types().values()) {
            String problem = type instanceof ObjectTypeDefinition object ? problem(object, server) : null;
            if (problem != null) {
                return problem;
            }
        }
        String twice = twice(server.types().keySet().stream().map(this::type).toList());
        if (twice != null) {
            return "Type name mappings are not distinct; the following types appear more than once: " + twice;
        }
        for (TypeDefinition<?> type : server.types().values()) {
            twice = twice(server.fields(type.getName()).stream()
                    .map(field -> field(type.getName(), field.getName()))
                    .toList());
            if (twice != null) {
                String kind = type instanceof InterfaceTypeDefinition ? "interface" : "object";
                return "Field name mappings for " + kind + " type \"" + type.getName()
                        + "\" are not distinct; the following fields appear more than once: " + twice;
            }
        }
        return null;
    }

    /** Fields of an interface have the same name in every type that has them. */
    private @Nullable String problem(ObjectTypeDefinition object, ServerTypes server) {
        for (String of : interfaces(object)) {
            for (var field : server.fields(of)) {
                String here = field(object.getName(), field.getName());
                String there = field(of, field.getName());
                if (!here.equals(there)) {
                    return "Remote schema customization inconsistency: field name mapping for field \""
                            + field.getName() + "\" of interface \"" + of
                            + "\" is inconsistent with mapping for type \""
                            + object.getName() + "\". Interface field name maps to \"" + there
                            + "\". Type field name maps to \"" + here + "\".";
                }
            }
        }
        return null;
    }

    private static Set<String> interfaces(ImplementingTypeDefinition<?> type) {
        Set<String> names = new LinkedHashSet<>();
        type.getImplements().forEach(of -> names.add(ServerTypes.nameOf(of)));
        return names;
    }

    private static @Nullable String twice(List<String> names) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> twice = new TreeSet<>();
        names.stream().filter(name -> !seen.add(name)).forEach(twice::add);
        return twice.isEmpty()
                ? null
                : twice.stream().map(name -> '"' + name + '"').collect(Collectors.joining(", "));
    }
}
