package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Small readings of the engine's answers; what is not there is as if it were null. */
final class Json {

    private Json() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    static @Nullable String textOrNull(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.path(field).asString() : null;
    }

    static @Nullable JsonNode orNull(JsonNode node, String field) {
        return node.hasNonNull(field) ? node.get(field) : null;
    }

    /** A time that has to be there. Always UTC, though not every release writes the {@code Z}. */
    static Instant time(JsonNode node, String field) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text(node, field), OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : ((LocalDateTime) time).toInstant(ZoneOffset.UTC);
    }

    static @Nullable Instant timeOrNull(JsonNode node, String field) {
        return node.hasNonNull(field) ? time(node, field) : null;
    }

    static <T> List<T> list(JsonNode list, Function<JsonNode, T> reader) {
        List<T> elements = new ArrayList<>();
        list.forEach(element -> elements.add(reader.apply(element)));
        return List.copyOf(elements);
    }
}
