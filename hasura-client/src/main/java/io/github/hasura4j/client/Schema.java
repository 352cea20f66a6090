package io.github.hasura4j.client;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * As much of the engine's schema as a dynamic call needs: which fields an object has, and the types of their arguments.
 *
 * @param query the name of the type that holds the root fields of queries
 * @param mutation the same for mutations, or {@code null} if there are none
 * @param subscription the same for subscriptions
 * @param types the fields of every object, by name; scalars and inputs are left out
 */
record Schema(
        String query, @Nullable String mutation, @Nullable String subscription, Map<String, Map<String, Field>> types) {

    /**
     * A field.
     *
     * @param type the name of its type, without list and non-null
     * @param composite whether that type has fields of its own
     * @param arguments the types of the arguments as they are written in a document, such as {@code [Int!]!}
     */
    record Field(String type, boolean composite, Map<String, String> arguments) {}

    private static final GraphQlRequest QUESTION = new GraphQlRequest("""
            query introspection { __schema { queryType { name } mutationType { name } subscriptionType { name } types { name \
            fields(includeDeprecated: true) { name type { ...t } args { name type { ...t } } } } } } \
            fragment t on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name \
            ofType { kind name ofType { kind name } } } } } } }""", "introspection", Map.of());

    /** Asks the engine; our own records are read by a mapper of our own, however strict the user's is. */
    static Schema ask(Function<GraphQlRequest, Answer> engine) {
        return from(engine.apply(QUESTION).readBy(JsonMapper.shared()).required("__schema", Told.class));
    }

    static Schema from(Told told) {
        Map<String, String> spellings = new HashMap<>(); // A big schema says "order_by" a hundred thousand times.
        Map<String, Map<String, Field>> types = new HashMap<>();
        for (Told.Type type : told.types()) {
            if (type.fields() == null) {
                continue;
            }
            Map<String, Field> fields = new LinkedHashMap<>();
            for (Told.Field field : type.fields()) {
                Map<String, String> arguments = new LinkedHashMap<>();
                for (Told.Argument argument : field.args()) {
                    arguments.put(
                            argument.name(),
                            spellings.computeIfAbsent(argument.type().written(), t -> t));
                }
                Told.Reference base = field.type().base();
                String name = spellings.computeIfAbsent(String.valueOf(base.name()), t -> t);
                fields.put(field.name(), new Field(name, base.isComposite(), Map.copyOf(arguments)));
            }
            types.put(type.name(), fields);
        }
        return new Schema(told.queryType().name(), name(told.mutationType()), name(told.subscriptionType()), types);
    }

    private static @Nullable String name(Told.@Nullable Named type) {
        return type == null ? null : type.name();
    }

    /** What the engine tells about itself, under {@code __schema}. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Told(
            @JsonProperty("queryType") Named queryType,
            @JsonProperty("mutationType") @Nullable Named mutationType,
            @JsonProperty("subscriptionType") @Nullable Named subscriptionType,
            @JsonProperty("types") List<Type> types) {

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Named(@JsonProperty("name") String name) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Type(
                @JsonProperty("name") String name,
                @JsonProperty("fields") @Nullable List<Field> fields) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Field(
                @JsonProperty("name") String name,
                @JsonProperty("type") Reference type,
                @JsonProperty("args") List<Argument> args) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Argument(
                @JsonProperty("name") String name,
                @JsonProperty("type") Reference type) {}

        @JsonIgnoreProperties(ignoreUnknown = true)
        record Reference(
                @JsonProperty("kind") String kind,
                @JsonProperty("name") @Nullable String name,
                @JsonProperty("ofType") @Nullable Reference ofType) {

            Reference base() {
                return ofType == null ? this : ofType.base();
            }

            boolean isComposite() {
                return kind.equals("OBJECT") || kind.equals("INTERFACE") || kind.equals("UNION");
            }

            String written() {
                if (ofType == null) {
                    return String.valueOf(name);
                }
                return kind.equals("LIST") ? "[" + ofType.written() + "]" : ofType.written() + "!";
            }
        }
    }
}
