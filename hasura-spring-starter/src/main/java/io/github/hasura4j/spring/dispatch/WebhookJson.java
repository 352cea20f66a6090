package io.github.hasura4j.spring.dispatch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.hasura4j.client.internal.MaybeModule;
import io.github.hasura4j.client.internal.ReadLimits;
import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/**
 * The application's way with JSON, made fit for what an engine sends: unknown fields pass, missing ones too, numbers keep their
 * digits, {@code 1.5} is no whole number. Limits on nesting and numbers leave room for what Postgres holds; the others are
 * Jackson's, or the application's if it set some.
 */
final class WebhookJson {

    private static final int MAX_TYPE_DEPTH = 16;

    private final JsonMapper mapper;
    private final ObjectWriter writer;
    private final ObjectReader sessionVariables;
    private final Map<Class<?>, Map<String, BeanPropertyDefinition>> properties = new ConcurrentHashMap<>();

    WebhookJson(JsonMapper application) {
        mapper = ReadLimits.widen(application)
                .addModule(new MaybeModule())
                .annotationIntrospector(AnnotationIntrospector.pair(
                        new SkippingUnknown(),
                        application.deserializationConfig().getAnnotationIntrospector()))
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        DeserializationFeature.UNWRAP_ROOT_VALUE)
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(SerializationFeature.WRAP_ROOT_VALUE)
                .build();
        writer = mapper.writer();
        sessionVariables = valueReader(mapper.constructType(SessionVariables.class));
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** What a handler returns; {@code Object} where that cannot be said. */
    JavaType returned(HandlerMethod handler) {
        return type(ResolvableType.forMethodReturnType(handler.method(), handler.beanType()));
    }

    JsonParser parser(byte[] body) {
        return mapper.createParser(body);
    }

    JsonNode tree(byte[] body) {
        return mapper.readTree(body);
    }

    byte[] write(@Nullable Object value) {
        return writer.writeValueAsBytes(value);
    }

    /** Reads a whole document. */
    ObjectReader documentReader(JavaType type) {
        return mapper.readerFor(type);
    }

    /** Reads the value a parser stands on, and leaves the rest of the document alone. */
    ObjectReader valueReader(JavaType type) {
        return mapper.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** Reads a text as the value of a type, the way a JSON text would be. */
    @Nullable
    Object fromText(String text, ObjectReader reader) {
        return reader.readValue(mapper.getNodeFactory().stringNode(text));
    }

    /** Makes a value of Java's plain types into one of the reader's type. */
    @Nullable
    Object convert(Object value, ObjectReader reader) {
        return reader.readValue(mapper.<JsonNode>valueToTree(value));
    }

    ObjectReader sessionVariables() {
        return sessionVariables;
    }

    /** Jackson's view of a type whose variables Spring has resolved. */
    JavaType type(ResolvableType type) {
        return type(type, 0);
    }

    private JavaType type(ResolvableType type, int depth) {
        if (type.isArray()) {
            return mapper.getTypeFactory().constructArrayType(type(type.getComponentType(), depth));
        }
        Class<?> raw = type.resolve(Object.class);
        ResolvableType[] generics = type.getGenerics();
        // A bound may name its own variable, as in <T extends Comparable<T>>, without end.
        if (generics.length == 0 || type.getType() instanceof Class || depth == MAX_TYPE_DEPTH) {
            return mapper.constructType(raw);
        }
        JavaType[] parameters = new JavaType[generics.length];
        for (int i = 0; i < generics.length; i++) {
            parameters[i] = type(generics[i], depth + 1);
        }
        return mapper.getTypeFactory().constructParametricType(raw, parameters);
    }

    JavaType parametricType(Class<?> raw, JavaType... parameters) {
        return mapper.getTypeFactory().constructParametricType(raw, parameters);
    }

    JavaType type(Class<?> raw) {
        return mapper.constructType(raw);
    }

    /**
     * Whether a type is read from an object, and has no use for a key of this name: no property or alias, no setter for any
     * key, and no creator that takes the object as a whole.
     */
    boolean isObjectWithout(JavaType type, String key) {
        return deserializer(type) instanceof BeanDeserializerBase bean
                && bean.findProperty(PropertyName.construct(key)) == null
                && !bean.getValueInstantiator().canCreateUsingDelegate()
                && describe(type).findAnySetterAccessor() == null;
    }

    /**
     * Whether there is a class to make a value of the type from.
     *
     * @throws JacksonException if Jackson refuses the class itself
     */
    boolean knowsImplementationOf(JavaType type) {
        return !(deserializer(type) instanceof AbstractDeserializer);
    }

    private ValueDeserializer<Object> deserializer(JavaType type) {
        return mapper._deserializationContext().findRootValueDeserializer(type);
    }

    /** The property that Java calls by this name, to learn what JSON calls it; null if there is none. */
    @Nullable
    BeanPropertyDefinition property(JavaType owner, String javaName) {
        return properties
                .computeIfAbsent(owner.getRawClass(), any -> introspect(owner))
                .get(javaName);
    }

    private Map<String, BeanPropertyDefinition> introspect(JavaType owner) {
        Map<String, BeanPropertyDefinition> byJavaName = new ConcurrentHashMap<>();
        for (BeanPropertyDefinition property : describe(owner).findProperties()) {
            byJavaName.put(property.getInternalName(), property);
        }
        return byJavaName;
    }

    private BeanDescription describe(JavaType type) {
        ClassIntrospector introspector = mapper.deserializationConfig().classIntrospectorInstance();
        return introspector.introspectForDeserialization(type, introspector.introspectClassAnnotations(type));
    }
}
