package io.github.hasura4j.test.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A span of a trace, as B3 headers and events carry it ({@code webhooks.md} 1.3, 2.3).
 *
 * @param traceId the trace
 * @param spanId this span of it
 * @param parentId the span it came from; null for a trace's first
 * @param sampled {@code 1} or {@code 0}; null while nobody has decided
 */
public record Trace(
        String traceId,
        String spanId,
        @Nullable String parentId,
        @Nullable String sampled) {

    private static final Pattern TRACE_ID = Pattern.compile("[0-9a-fA-F]{16}|[0-9a-fA-F]{32}");
    private static final Pattern SPAN_ID = Pattern.compile("[0-9a-fA-F]{16}");

    /** A trace of its own. */
    public static Trace fresh() {
        return new Trace(id() + id(), id(), null, null);
    }

    /** Goes on with the trace that a client's headers name, in a span of its own, or begins one. */
    public static Trace of(Map<String, List<String>> headers) {
        Map<String, String> b3 = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith("x-b3-") && !values.isEmpty()) {
                b3.put(lower, values.get(0));
            }
        });
        Trace client = read(b3.get("x-b3-traceid"), b3.get("x-b3-spanid"), b3.get("x-b3-sampled"));
        return client == null ? fresh() : client.child();
    }

    /** The span that an event remembers, or another if it remembers none. */
    public static Trace of(JsonNode context) {
        Trace remembered = read(
                context.path("trace_id").asString(null),
                context.path("span_id").asString(null),
                context.path("sampling_state").asString(null));
        return remembered == null ? fresh() : remembered;
    }

    private static @Nullable Trace read(@Nullable String trace, @Nullable String span, @Nullable String sampled) {
        if (trace == null || !TRACE_ID.matcher(trace).matches()) {
            return null;
        }
        boolean decided = "0".equals(sampled) || "1".equals(sampled);
        String spanId = span != null && SPAN_ID.matcher(span).matches() ? span : id();
        return new Trace(trace, spanId, null, decided ? sampled : null);
    }

    /** A span that this one causes. */
    public Trace child() {
        return new Trace(traceId, id(), spanId, sampled);
    }

    /** The headers of a call made in this span. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-B3-TraceId", traceId);
        headers.put("X-B3-SpanId", spanId);
        if (parentId != null) {
            headers.put("X-B3-ParentSpanId", parentId);
        }
        if (sampled != null) {
            headers.put("X-B3-Sampled", sampled);
        }
        return headers;
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
