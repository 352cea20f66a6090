package io.github.hasura4j.payload;

import java.lang.reflect.Type;

/** The two Jackson lines that bind the payloads, set up as a careful application would: exact decimals, nothing else. */
enum Binder {
    JACKSON_3 {
        private final tools.jackson.databind.json.JsonMapper mapper = tools.jackson.databind.json.JsonMapper.builder()
                .enable(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        @Override
        Object read(String json, Type type) {
            return mapper.readValue(json, mapper.constructType(type));
        }

        @Override
        String write(Object value) {
            return mapper.writeValueAsString(value);
        }
    },
    JACKSON_2 {
        private final com.fasterxml.jackson.databind.json.JsonMapper mapper =
                com.fasterxml.jackson.databind.json.JsonMapper.builder()
                        .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        .build();

        @Override
        Object read(String json, Type type) {
            try {
                return mapper.readValue(json, mapper.constructType(type));
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalArgumentException(e.getOriginalMessage(), e);
            }
        }

        @Override
        String write(Object value) {
            try {
                return mapper.writeValueAsString(value);
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalArgumentException(e);
            }
        }
    };

    /** Binds a text to a type, generic or not; throws where it does not fit. */
    abstract Object read(String json, Type type);

    abstract String write(Object value);

    /** Binds a text to what a subclass of {@link TypeOf} captures. */
    @SuppressWarnings("unchecked")
    <T> T read(String json, TypeOf<T> type) {
        return (T) read(json, type.type());
    }

    @SuppressWarnings("unchecked")
    <T> T read(String json, Class<T> type) {
        return (T) read(json, (Type) type);
    }

    /** Captures a generic type: {@code new TypeOf<ActionPayload<Login>>() {}}. */
    abstract static class TypeOf<T> {

        Type type() {
            return ((java.lang.reflect.ParameterizedType) getClass().getGenericSuperclass())
                    .getActualTypeArguments()[0];
        }
    }
}
