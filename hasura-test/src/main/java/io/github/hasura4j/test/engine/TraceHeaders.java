package io.github.hasura4j.test.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How traces travel with HTTP: in B3 headers, and in W3C's as well where the metadata's {@code opentelemetry} asks for them
 * ({@code webhooks.md} 1.3).
 */
public final class TraceHeaders {

    private static final String W3C = "tracecontext";
    private static final Pattern PARENT =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]([0-9a-f]).*");
    private static final Pattern STATE = Pattern.compile("[ -~]{0,512}");

    private volatile boolean w3c;
    private volatile boolean w3cFirst;

    /** Does as metadata say from now on. */
    public void use(JsonNode openTelemetry) {
        JsonNode formats = openTelemetry.path("exporter_otlp").path("traces_propagators");
        boolean found = false;
        boolean first = formats.path(0).asString("").equals(W3C);
        for (JsonNode format : formats) {
            found |= format.asString("").equals(W3C);
        }
        w3c = found && openTelemetry.path("status").asString("").equals("enabled");
        w3cFirst = w3c && first;
    }

    /** Goes on with the trace that a client's headers name, in a span of its own, or begins one. */
    public Trace read(Map<String, List<String>> headers) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> {
            if (!values.isEmpty()) {
                lower.put(name.toLowerCase(Locale.ROOT), values.get(0));
            }
        });
        Trace b3 = Trace.read(lower.get("x-b3-traceid"), lower.get("x-b3-spanid"), lower.get("x-b3-sampled"));
        Trace parent = w3c ? parent(lower) : null;
        Trace client = parent != null && (w3cFirst || b3 == null) ? parent : b3;
        return client == null ? Trace.fresh() : client.child();
    }

    private static @Nullable Trace parent(Map<String, String> headers) {
        Matcher parent =
                PARENT.matcher(headers.getOrDefault("traceparent", "").trim().toLowerCase(Locale.ROOT));
        if (!parent.matches()) {
            return null;
        }
        // A client that has not sampled leaves the decision open, as the engine sees it.
        boolean sampled = Integer.parseInt(parent.group(3), 16) % 2 == 1;
        String state = headers.getOrDefault("tracestate", "");
        return new Trace(
                parent.group(1),
                parent.group(2),
                null,
                sampled ? "1" : null,
                STATE.matcher(state).matches() ? state : "");
    }

    /** The headers of a call made in a span. */
    public Map<String, String> of(Trace trace) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-B3-TraceId", trace.traceId());
        headers.put("X-B3-SpanId", trace.spanId());
        if (trace.parentId() != null) {
            headers.put("X-B3-ParentSpanId", trace.parentId());
        }
        if (trace.sampled() != null) {
            headers.put("X-B3-Sampled", trace.sampled());
        }
        if (w3c) {
            String id =
                    "0".repeat(32 - trace.traceId().length()) + trace.traceId().toLowerCase(Locale.ROOT);
            headers.put(
                    "traceparent", "00-" + id + "-" + trace.spanId() + ("1".equals(trace.sampled()) ? "-01" : "-00"));
            headers.put("tracestate", trace.state());
        }
        return headers;
    }
}
