package io.github.hasura4j.test.engine.auth;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** The webhook that says who sends a request ({@code webhooks.md} 4). Whatever it says is believed. */
public final class AuthHook {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Pattern MAX_AGE = Pattern.compile("(?i)max-age\\s*=\\s*([0-9]{1,9})");
    private static final String PREFIX = "x-hasura-";
    private static final String INVALID = "Invalid response from authorization hook";

    private final Webhooks webhooks;
    private final Settings settings;

    public AuthHook(Webhooks webhooks, Settings settings) {
        this.webhooks = webhooks;
        this.settings = settings;
    }

    /**
     * How the hook is asked.
     *
     * @param url its URL
     * @param post whether by POST, with the client's headers in the body; else by GET, with them as headers
     * @param sendsRequest whether the body of a POST has the GraphQL request too
     */
    public record Settings(String url, boolean post, boolean sendsRequest) {}

    /**
     * What the hook says.
     *
     * @param variables the session variables, the role among them
     * @param cookies the {@code Set-Cookie} headers for the client
     * @param maxAge for how long it holds for a connection; null if it does not say
     * @param until until when it holds for a connection; null if it does not say
     */
    public record Verdict(
            Map<String, @Nullable String> variables,
            List<String> cookies,
            @Nullable Duration maxAge,
            @Nullable Instant until) {

        /** Until when a connection may go on with it; null for ever. */
        public @Nullable Instant expires(Instant now) {
            return maxAge == null ? until : now.plus(maxAge);
        }

        /** Leaves variables and cookies out. */
        @Override
        public String toString() {
            return "Verdict[maxAge=" + maxAge + ", until=" + until + "]";
        }
    }

    /**
     * Asks who sends a request.
     *
     * @param headers the client's headers
     * @param request the GraphQL request, or a list of them; null where there is none
     * @throws EngineException if the hook lets nobody in, or does not answer as it should
     */
    public Verdict ask(Map<String, List<String>> headers, @Nullable JsonNode request, Trace trace) {
        Webhooks.Answer answer = call(headers, request, trace);
        if (answer.status() == 401) {
            throw EngineException.denied("access-denied", "Authentication hook unauthorized this request");
        }
        if (answer.status() != 200) {
            throw EngineException.unexpected(INVALID);
        }
        Map<String, String> said = said(answer);
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        said.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                variables.put(name, value);
            }
        });
        if (!variables.containsKey(SessionVariables.ROLE)) {
            throw EngineException.of("invalid-params", "$", "x-hasura-role not found in session variables");
        }
        return new Verdict(
                variables,
                answer.headers().getOrDefault("set-cookie", List.of()),
                maxAge(said.get("cache-control")),
                date(said.get("expires")));
    }

    private static @Nullable Duration maxAge(@Nullable String cacheControl) {
        Matcher age = MAX_AGE.matcher(cacheControl == null ? "" : cacheControl);
        return age.find() ? Duration.ofSeconds(Long.parseLong(age.group(1))) : null;
    }

    private static @Nullable Instant date(@Nullable String expires) {
        try {
            return expires == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(expires, Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private Webhooks.Answer call(Map<String, List<String>> headers, @Nullable JsonNode request, Trace trace) {
        Map<String, String> own = new LinkedHashMap<>();
        String body = null;
        if (settings.post()) {
            body = EngineJson.write(body(headers, request));
        } else {
            own.putAll(ClientHeaders.withoutTheUsual(headers));
        }
        own.put("Content-Type", "application/json");
        own.put("User-Agent", Webhooks.USER_AGENT);
        own.putAll(webhooks.traces().of(trace.child()));
        try {
            return webhooks.call(settings.post() ? "POST" : "GET", settings.url(), own, body, TIMEOUT);
        } catch (IOException e) {
            throw EngineException.unexpected("webhook authentication request failed");
        }
    }

    private ObjectNode body(Map<String, List<String>> headers, @Nullable JsonNode request) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("headers", EngineJson.tree(ClientHeaders.all(headers)));
        if (settings.sendsRequest()) {
            body.set("request", request == null ? NullNode.instance : requests(request));
        }
        return body;
    }

    private static JsonNode requests(JsonNode request) {
        if (!request.isArray()) {
            return oneRequest(request);
        }
        ArrayNode batch = JsonNodeFactory.instance.arrayNode();
        request.forEach(each -> batch.add(oneRequest(each)));
        return batch;
    }

    private static ObjectNode oneRequest(JsonNode request) {
        ObjectNode known = JsonNodeFactory.instance.objectNode();
        for (String key : List.of("query", "variables", "operationName")) {
            if (request.hasNonNull(key)) {
                known.set(key, request.path(key));
            }
        }
        return known;
    }

    /** What the answer says, names in lower case. */
    private static Map<String, String> said(Webhooks.Answer answer) {
        JsonNode json;
        try {
            json = EngineJson.parse(answer.body());
        } catch (JacksonException e) {
            throw EngineException.unexpected(INVALID + ": " + e.getOriginalMessage());
        }
        if (!json.isObject()) {
            throw EngineException.unexpected(INVALID + ": Error in $: expected an object");
        }
        Map<String, String> said = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : json.properties()) {
            if (!entry.getValue().isString()) {
                throw EngineException.unexpected(INVALID + ": Error in $['" + entry.getKey() + "']: expected a string");
            }
            said.put(entry.getKey().toLowerCase(Locale.ROOT), entry.getValue().stringValue());
        }
        return said;
    }
}
