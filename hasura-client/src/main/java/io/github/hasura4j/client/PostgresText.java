package io.github.hasura4j.client;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.deser.DeserializationProblemHandler;
import tools.jackson.databind.util.TokenBuffer;

/** Asked when Jackson cannot read a text: perhaps it is one of Postgres'. */
@SuppressWarnings("NullAway") // Jackson says nothing about nulls.
final class PostgresText extends DeserializationProblemHandler {

    @Override
    public Object handleWeirdStringValue(DeserializationContext context, Class<?> target, String text, String failure) {
        if (target == Boolean.class || target == boolean.class) { // Only arrays written as text have them so.
            return text.equals("t") ? Boolean.TRUE : text.equals("f") ? Boolean.FALSE : NOT_HANDLED;
        }
        Object time = PostgresTime.read(
                text,
                target,
                context.isEnabled(DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                        ? context.getTimeZone().toZoneId()
                        : null);
        return time == null ? NOT_HANDLED : time;
    }

    @Override
    public Object handleUnexpectedToken(
            DeserializationContext context, JavaType target, JsonToken token, JsonParser parser, String failure) {
        boolean list = target.isArrayType() || target.isCollectionLikeType();
        if (!list || token != JsonToken.VALUE_STRING) {
            return NOT_HANDLED;
        }
        List<@Nullable Object> elements = PostgresArray.read(parser.getString());
        if (elements == null) {
            return NOT_HANDLED;
        }
        TokenBuffer buffer = context.bufferForInputBuffering(parser);
        write(elements, buffer);
        try (JsonParser replay = buffer.asParser(context)) {
            replay.nextToken();
            return context.readValue(replay, target);
        }
    }

    private static void write(List<@Nullable Object> elements, TokenBuffer buffer) {
        buffer.writeStartArray();
        for (Object each : elements) {
            if (each instanceof List<?> inner) {
                @SuppressWarnings("unchecked")
                List<@Nullable Object> nested = (List<@Nullable Object>) inner;
                write(nested, buffer);
            } else if (each == null) {
                buffer.writeNull();
            } else {
                buffer.writeString((String) each);
            }
        }
        buffer.writeEndArray();
    }
}
