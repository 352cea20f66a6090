package io.github.hasura4j.client;

import java.util.function.Supplier;

import io.github.hasura4j.client.internal.DocumentFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a client learns the types of arguments, and which fields there are; see {@link HasuraClient}. Documents of your own need
 * none. Immutable.
 */
public final class SchemaSource {

    private static final SchemaSource INTROSPECT = new SchemaSource("introspect", null);
    private static final SchemaSource NONE = new SchemaSource("none", null);

    private final String shown;
    private final @Nullable Supplier<Schema> fixed;

    private SchemaSource(String shown, @Nullable Supplier<Schema> fixed) {
        this.shown = shown;
        this.fixed = fixed;
    }

    /** Asks the engine, once and as late as possible. What a client does unless told otherwise. */
    public static SchemaSource introspect() {
        return INTROSPECT;
    }

    /**
     * Reads GraphQL's schema language from a file of the class path, with the first call that needs it. Every call is checked
     * against it before it is sent.
     *
     * @param resource the file's path, such as {@code graphql/schema.graphqls}
     */
    public static SchemaSource sdl(String resource) {
        return new SchemaSource("sdl " + resource, () -> SdlSchema.parse(text(resource), resource));
    }

    /**
     * Reads the answer to an introspection query from a file of the class path: {@code {"data": {"__schema": …}}}, with or
     * without the {@code data} around it. Every call is checked against it before it is sent.
     *
     * @param resource the file's path, such as {@code graphql/schema.json}
     */
    public static SchemaSource introspectionJson(String resource) {
        return new SchemaSource("introspection " + resource, () -> fromJson(text(resource), resource));
    }

    /**
     * Does without: arguments are written into the document, nothing is checked before the engine does, and nothing is asked for.
     * For engines that do not tell their schema. Values of enums have to be a Java enum or an {@link EnumValue}; a JSON object
     * cannot be an argument; and since each value makes another document, allow lists do not fit.
     */
    public static SchemaSource none() {
        return NONE;
    }

    boolean isNone() {
        return this == NONE;
    }

    /** Reads the schema, or is null if the engine is to be asked. */
    @Nullable
    Supplier<Schema> fixed() {
        return fixed;
    }

    private static String text(String resource) {
        String text = DocumentFiles.resource(resource);
        if (text == null) {
            throw new HasuraRequestException(
                    "The schema '%s' is not on the class path. Nothing was sent.".formatted(resource));
        }
        return text;
    }

    private static Schema fromJson(String text, String resource) {
        JsonMapper mapper = JsonMapper.shared();
        try {
            JsonNode root = mapper.readTree(text);
            JsonNode told = root.path("data").isObject() ? root.path("data") : root;
            if (told.path("__schema").isObject()) {
                return Schema.from(mapper.readerFor(Schema.Told.class)
                        .without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .readValue(told.path("__schema")));
            }
        } catch (JacksonException e) {
            throw notIntrospection(resource, e);
        }
        throw notIntrospection(resource, null);
    }

    private static HasuraRequestException notIntrospection(String resource, @Nullable Throwable cause) {
        return new HasuraRequestException(
                "The schema '%s' is no answer to an introspection query: it wants {\"data\": {\"__schema\": …}}. Nothing was sent."
                        .formatted(resource),
                cause);
    }

    @Override
    public String toString() {
        return "SchemaSource[" + shown + "]";
    }
}
