package io.github.hasura4j.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.Maybe;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.BeanPropertyDefinition;
import tools.jackson.databind.introspect.ClassIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** Takes an object apart into variables, one for each property, as its mapper sees it. */
final class Variables {

    private Variables() {}

    /** Puts a value, or nothing for an absent {@link Maybe}; a variable that was set before is taken back then. */
    static void put(Map<String, @Nullable Object> variables, String name, @Nullable Object value) {
        if (!(value instanceof Maybe<?> maybe)) {
            variables.put(name, value);
        } else if (maybe.isGiven()) {
            variables.put(name, maybe.get());
        } else {
            variables.remove(name);
        }
    }

    static Map<String, @Nullable Object> of(Object holder, JsonMapper mapper) {
        Map<String, @Nullable Object> variables = new LinkedHashMap<>();
        if (holder instanceof Map<?, ?> map) {
            map.forEach((name, value) -> put(variables, String.valueOf(name), value));
            return variables;
        }
        List<BeanPropertyDefinition> properties = properties(holder, mapper);
        if (properties.isEmpty() && !(holder instanceof Record)) {
            throw new IllegalArgumentException(
                    "variables(…) takes a map, or a record or bean whose properties are the variables, but got a "
                            + holder.getClass().getTypeName());
        }
        for (BeanPropertyDefinition property : properties) {
            put(variables, property.getName(), value(property.getAccessor(), holder, mapper));
        }
        return variables;
    }

    private static List<BeanPropertyDefinition> properties(Object holder, JsonMapper mapper) {
        Class<?> type = holder.getClass();
        if (type.isArray() || type.getName().startsWith("java.") || holder instanceof Iterable<?>) {
            return List.of(); // They have getters, and nobody means those.
        }
        ClassIntrospector introspector = mapper.serializationConfig().classIntrospectorInstance();
        JavaType javaType = mapper.constructType(type);
        return introspector
                .introspectForSerialization(javaType, introspector.introspectClassAnnotations(javaType))
                .findProperties()
                .stream()
                .filter(BeanPropertyDefinition::couldSerialize)
                .toList();
    }

    private static @Nullable Object value(AnnotatedMember accessor, Object holder, JsonMapper mapper) {
        accessor.fixAccess(mapper.isEnabled(MapperFeature.OVERRIDE_PUBLIC_ACCESS_MODIFIERS));
        return accessor.getValue(holder);
    }
}
