package io.github.hasura4j.test.engine;

import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span of a trace, as headers and events carry it ({@code webhooks.md} 1.3, 2.3).
 *
 * @param traceId the trace
 * @param spanId this span of it
 * @param parentId the span it came from; null for a trace's first
 * @param sampled {@code 1} or {@code 0}; null while nobody has decided
 * @param state what W3C's {@code tracestate} says; empty for nothing
 */
public record Trace(
        String traceId,
        String spanId,
        @Nullable String parentId,
        @Nullable String sampled,
        String state) {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");

    /** A trace of its own. */
    public static Trace fresh() {
        return new Trace(id() + id(), id(), null, null, "");
    }

    /** The span that an event remembers, or another if it remembers none. */
    public static Trace of(JsonNode context) {
        Trace remembered = read(
                context.path("trace_id").asString(null),
                context.path("span_id").asString(null),
                context.path("sampling_state").asString(null));
        return remembered == null ? fresh() : remembered;
    }

    static @Nullable Trace read(@Nullable String trace, @Nullable String span, @Nullable String sampled) {
        if (trace == null || !TRACE_ID.matcher(trace).matches()) {
            return null;
        }
        boolean decided = "0".equals(sampled) || "1".equals(sampled);
        String spanId = span != null && SPAN_ID.matcher(span).matches() ? span : id();
        return new Trace(trace, spanId, null, decided ? sampled : null, "");
    }

    /** A span that this one causes. */
    public Trace child() {
        return new Trace(traceId, id(), spanId, sampled, state);
    }

    /** What an event remembers of it. */
    public ObjectNode context() {
        ObjectNode context = JsonNodeFactory.instance.objectNode();
        context.put("trace_id", traceId).put("span_id", spanId);
        if (sampled != null) {
            context.put("sampling_state", sampled);
        }
        return context;
    }

    private static String id() {
        return "%016x".formatted(ThreadLocalRandom.current().nextLong());
    }
}
