package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.ser.jdk.ByteArraySerializer;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.ArrayType;

/**
 * Values as Postgres writes them, where Jackson would do otherwise. What can wait for Jackson to fail does ({@link PostgresText}), so
 * that the user's own modules and annotations are asked first.
 */
@SuppressWarnings("NullAway") // Jackson says nothing about nulls.
final class PostgresModule extends SimpleModule {

    PostgresModule(boolean bigNumbersAsText) {
        super(PostgresModule.class.getName());
        setDeserializerModifier(new Reading());
        setSerializerModifier(new Writing());
        if (bigNumbersAsText) {
            addSerializer(Long.class, new BigNumbers<>(Long.class));
            addSerializer(Long.TYPE, new BigNumbers<>(Long.class));
            addSerializer(BigInteger.class, new BigNumbers<>(BigInteger.class));
            addSerializer(BigDecimal.class, new BigNumbers<>(BigDecimal.class));
        }
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.addHandler(new PostgresText());
    }

    private static final class Reading extends ValueDeserializerModifier {

        @Override
        public ValueDeserializer<?> modifyArrayDeserializer(
                DeserializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                ValueDeserializer<?> deserializer) {
            return type.hasRawClass(byte[].class) ? new Bytes(deserializer) : deserializer;
        }
    }

    private static final class Writing extends ValueSerializerModifier {

        @Override
        public ValueSerializer<?> modifyArraySerializer(
                SerializationConfig config,
                ArrayType type,
                BeanDescription.Supplier description,
                ValueSerializer<?> serializer) {
            return serializer instanceof ByteArraySerializer ? new Hex() : serializer;
        }

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier description, ValueSerializer<?> serializer) {
            return PostgresTime.hasInfinity(description.getBeanClass()) ? new Infinity(serializer) : serializer;
        }
    }

    /** {@code bytea} comes in hex; anything else is the base64 of actions and the like. */
    private static final class Bytes extends DelegatingDeserializer {

        Bytes(ValueDeserializer<?> delegatee) {
            super(delegatee);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> delegatee) {
            return new Bytes(delegatee);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.hasToken(JsonToken.VALUE_STRING)) {
                String text = parser.getString();
                if (text.startsWith("\\x")) {
                    try {
                        return HexFormat.of().parseHex(text, 2, text.length());
                    } catch (IllegalArgumentException e) {
                        return context.handleWeirdStringValue(byte[].class, text, "not hexadecimal");
                    }
                }
            }
            return super.deserialize(parser, context);
        }
    }

    private static final class Hex extends StdSerializer<byte[]> {

        Hex() {
            super(byte[].class);
        }

        @Override
        public boolean isEmpty(SerializationContext context, byte[] value) {
            return value.length == 0;
        }

        @Override
        public void serialize(byte[] value, JsonGenerator json, SerializationContext context) {
            json.writeString("\\x" + HexFormat.of().formatHex(value));
        }
    }

    /** The ends of time are not written as dates, as the driver for Postgres has it too. */
    private static final class Infinity extends ValueSerializer<Object> {

        private final ValueSerializer<Object> others;

        @SuppressWarnings("unchecked")
        Infinity(ValueSerializer<?> others) {
            this.others = (ValueSerializer<Object>) others;
        }

        @Override
        public ValueSerializer<?> createContextual(SerializationContext context, BeanProperty property) {
            ValueSerializer<?> contextual = context.handlePrimaryContextualization(others, property);
            return contextual == others ? this : new Infinity(contextual);
        }

        @Override
        public Class<?> handledType() {
            return others.handledType();
        }

        @Override
        public boolean isEmpty(SerializationContext context, Object value) {
            return others.isEmpty(context, value);
        }

        @Override
        public void serialize(Object value, JsonGenerator json, SerializationContext context) {
            String infinity = PostgresTime.infinity(value);
            if (infinity == null) {
                others.serialize(value, json, context);
            } else {
                json.writeString(infinity);
            }
        }

        @Override
        public void serializeWithType(
                Object value, JsonGenerator json, SerializationContext context, TypeSerializer type) {
            others.serializeWithType(value, json, context, type);
        }
    }

    /** Numbers that a reader with nothing but doubles would change. */
    private static final class BigNumbers<N extends Number> extends StdSerializer<N> {

        private static final BigInteger EXACT = BigInteger.ONE.shiftLeft(53);

        BigNumbers(Class<N> type) {
            super(type);
        }

        @Override
        public void serialize(N value, JsonGenerator json, SerializationContext context) {
            if (value instanceof BigDecimal decimal) {
                json.writeString(decimal.toPlainString());
            } else if (value instanceof BigInteger integer) {
                if (integer.abs().compareTo(EXACT) > 0) {
                    json.writeString(integer.toString());
                } else {
                    json.writeNumber(integer);
                }
            } else {
                long integer = value.longValue();
                if (integer > 1L << 53 || integer < -(1L << 53)) {
                    json.writeString(Long.toString(integer));
                } else {
                    json.writeNumber(integer);
                }
            }
        }
    }

    /** One of the user's scalars. */
    static <T> SimpleModule scalar(Class<T> type, ScalarCodec<T> codec) {
        return new SimpleModule(ScalarCodec.class.getName() + " " + type.getName())
                .addDeserializer(type, new Reader<>(type, codec))
                .addSerializer(type, new Writer<>(type, codec));
    }

    private static final class Reader<T> extends StdDeserializer<T> {

        private final ScalarCodec<T> codec;

        Reader(Class<T> type, ScalarCodec<T> codec) {
            super(type);
            this.codec = codec;
        }

        @Override
        public @Nullable T deserialize(JsonParser parser, DeserializationContext context) {
            try {
                return codec.read(context.readTree(parser));
            } catch (JacksonException e) {
                throw e;
            } catch (RuntimeException e) {
                throw context.instantiationException(handledType(), e);
            }
        }
    }

    private static final class Writer<T> extends StdSerializer<T> {

        private final ScalarCodec<T> codec;

        Writer(Class<T> type, ScalarCodec<T> codec) {
            super(type);
            this.codec = codec;
        }

        @Override
        public void serialize(T value, JsonGenerator json, SerializationContext context) {
            Object written = codec.write(value);
            if (written == null) {
                json.writeNull();
            } else {
                context.writeValue(json, written);
            }
        }
    }
}
