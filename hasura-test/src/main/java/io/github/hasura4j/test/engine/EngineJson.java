package io.github.hasura4j.test.engine;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** JSON as the engine reads and writes it: every digit kept on reading, numbers in its own spelling on writing. */
public final class EngineJson {

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(100_000)
                            .maxStringLength(200_000_000)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final DateTimeFormatter UTC =
            new DateTimeFormatterBuilder().appendInstant(-1).toFormatter(Locale.ROOT);

    private static final BigDecimal TENTH = new BigDecimal("0.1");
    private static final BigDecimal TEN_MILLION = new BigDecimal("10000000");

    /** Whole numbers are written in full up to this power of ten. */
    private static final int LARGEST_PLAIN_EXPONENT = 1024;

    private EngineJson() {}

    public static JsonMapper mapper() {
        return MAPPER;
    }

    /**
     * Parses a body.
     *
     * @throws JacksonException if it is not JSON
     */
    public static JsonNode parse(byte[] body) {
        return MAPPER.readTree(body);
    }

    public static JsonNode parse(String body) {
        return MAPPER.readTree(body);
    }

    /** Writes a tree the way the engine's JSON library does ({@code webhooks.md} 2.5): {@code 100.00} becomes {@code 100.0}. */
    public static String write(JsonNode tree) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = MAPPER.createGenerator(text)) {
            write(tree, generator);
        }
        return text.toString();
    }

    /** A moment as the engine writes those it has itself, with as many digits as it needs. */
    public static String utc(Instant moment) {
        return UTC.format(moment);
    }

    /** Any value as a tree. */
    public static JsonNode tree(@Nullable Object value) {
        return MAPPER.valueToTree(value);
    }

    private static void write(JsonNode node, JsonGenerator generator) {
        if (node.isObject()) {
            generator.writeStartObject();
            for (Map.Entry<String, JsonNode> field : node.properties()) {
                generator.writeName(field.getKey());
                write(field.getValue(), generator);
            }
            generator.writeEndObject();
        } else if (node.isArray()) {
            generator.writeStartArray();
            node.forEach(element -> write(element, generator));
            generator.writeEndArray();
        } else if (node.isNumber() && !node.isIntegralNumber()) {
            // A Float argument given as 3 has become 3.0 on the way through GraphQL.
            boolean wholeDouble = node.isDouble() && node.doubleValue() == Math.rint(node.doubleValue());
            BigDecimal number = node.decimalValue();
            generator.writeNumber(wholeDouble ? spell(number.setScale(0, RoundingMode.UNNECESSARY)) : spell(number));
        } else if (node.isString()) {
            generator.writeString(node.stringValue());
        } else {
            generator.writeRawValue(node.toString());
        }
    }

    /** A number that was written with a fraction, or with an exponent. */
    static String spell(BigDecimal number) {
        if (number.scale() <= 0 && number.scale() >= -LARGEST_PLAIN_EXPONENT) {
            return number.toBigInteger().toString();
        }
        BigDecimal stripped = number.stripTrailingZeros();
        BigDecimal size = stripped.abs();
        if (size.signum() == 0) {
            return "0.0";
        }
        if (size.compareTo(TENTH) >= 0 && size.compareTo(TEN_MILLION) < 0) {
            String plain = stripped.toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        String digits = stripped.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - stripped.scale();
        String mantissa = digits.charAt(0) + "." + (digits.length() == 1 ? "0" : digits.substring(1));
        return (stripped.signum() < 0 ? "-" : "") + mantissa + "e" + exponent;
    }
}
