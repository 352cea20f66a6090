package io.github.hasura4j.test.engine.http;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.github.hasura4j.client.project.HeaderMetadata;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.transform.RequestTransform;
import io.github.hasura4j.test.engine.transform.TransformException;
import io.github.hasura4j.test.engine.transform.Transforms;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Posts the payload of an event or a schedule, and says what came of it as the invocation logs keep it. */
public final class WebhookDelivery {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("\\s*[0-9]{1,9}\\s*");

    private final Webhooks webhooks;
    private final Environment environment;

    public WebhookDelivery(Webhooks webhooks, Environment environment) {
        this.webhooks = webhooks;
        this.environment = environment;
    }

    /**
     * Who is called.
     *
     * @param webhook the URL, a template; null if it comes from the environment
     * @param webhookFromEnv the variable that holds the URL; null if the URL is given
     * @param headers the configured headers
     * @param timeout how long it may take
     * @param requestTransform changes the request; null for none
     * @param responseTransform changes the logged answer; null for none
     */
    public record Target(
            @Nullable String webhook,
            @Nullable String webhookFromEnv,
            List<HeaderMetadata> headers,
            Duration timeout,
            @Nullable JsonNode requestTransform,
            @Nullable JsonNode responseTransform) {

        /** Leaves headers out, whose values may be secrets. */
        @Override
        public String toString() {
            return "Target[" + (webhook == null ? webhookFromEnv : webhook) + "]";
        }
    }

    /**
     * What came of one try.
     *
     * @param delivered whether the handler answered with 2xx
     * @param interrupted whether the engine stopped meanwhile, so that nobody knows
     * @param status the status of the answer; null for no answer
     * @param retryAfter the seconds that a handler wants to be left alone; null if it does not say
     * @param request the invocation log's request
     * @param response the invocation log's response
     * @param outcome the same in words, without bodies
     */
    public record Attempt(
            boolean delivered,
            boolean interrupted,
            @Nullable Integer status,
            @Nullable Integer retryAfter,
            ObjectNode request,
            ObjectNode response,
            String outcome) {}

    /**
     * Tries once.
     *
     * @param version the version that the invocation log names
     * @throws TransformException if the request cannot be made: nobody is called, and trying again is of no use
     */
    public Attempt attempt(Target target, JsonNode payload, Trace trace, String version) {
        ObjectNode logged = JsonNodeFactory.instance.objectNode();
        logged.set("payload", payload);
        logged.set("headers", logged(target.headers()));
        logged.put("version", version);
        try {
            return attempt(target, payload, trace, logged);
        } catch (IOException | IllegalArgumentException e) {
            boolean interrupted = Thread.currentThread().isInterrupted();
            String failure = String.valueOf(e.getMessage());
            return new Attempt(false, interrupted, null, null, logged, clientError(failure, version), failure);
        }
    }

    private Attempt attempt(Target target, JsonNode payload, Trace trace, ObjectNode logged) throws IOException {
        Transforms transforms = Transforms.from(target.requestTransform(), target.responseTransform());
        JsonNode session = payload.path("event").path("session_variables");
        RequestTransform.Request request = transforms.request(
                environment.url(target.webhook(), target.webhookFromEnv()),
                webhooks.headers(target.headers(), environment, trace),
                payload,
                session);
        Webhooks.Answer answer =
                webhooks.call(request.method(), request.url(), request.headers(), request.body(), target.timeout());
        String version = logged.path("version").asString();
        boolean delivered = answer.status() >= 200 && answer.status() < 300;
        if (delivered && transforms.changeResponses()) {
            try {
                answer = answer.withText(transforms.response(answer.text(), answer.status(), payload, session));
            } catch (TransformException e) {
                String failure = "Response Transformation Failed: " + e.getMessage();
                return new Attempt(false, false, 500, null, logged, clientError(failure, version), failure);
            }
        }
        return new Attempt(
                delivered,
                false,
                answer.status(),
                delivered ? null : retryAfter(answer),
                logged,
                response(answer, version),
                "status " + answer.status());
    }

    /** Only a positive whole number of seconds counts; dates and decimals are ignored, as in the engine. */
    private static @Nullable Integer retryAfter(Webhooks.Answer answer) {
        List<String> values = answer.headers().getOrDefault("retry-after", List.of());
        if (values.isEmpty() || !WHOLE_NUMBER.matcher(values.get(0)).matches()) {
            return null;
        }
        int seconds = Integer.parseInt(values.get(0).strip());
        return seconds > 0 ? seconds : null;
    }

    /** Headers from the environment are logged by the variable's name. */
    private static ArrayNode logged(List<HeaderMetadata> configured) {
        ArrayNode headers = JsonNodeFactory.instance.arrayNode();
        headers.addObject().put("name", "Content-Type").put("value", "application/json");
        headers.addObject().put("name", "User-Agent").put("value", Webhooks.USER_AGENT);
        for (HeaderMetadata header : configured) {
            String lower = header.name().toLowerCase(Locale.ROOT);
            if (lower.equals("content-type") || lower.equals("user-agent")) {
                continue;
            }
            ObjectNode entry = headers.addObject().put("name", header.name());
            if (header.valueFromEnv() != null) {
                entry.put("value_from_env", header.valueFromEnv());
            } else {
                entry.put("value", header.value());
            }
        }
        return headers;
    }

    private static ObjectNode response(Webhooks.Answer answer, String version) {
        if (answer.status() >= 300) {
            return clientError(answer.text(), version);
        }
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        ObjectNode data =
                response.put("type", "webhook_response").put("version", version).putObject("data");
        data.put("body", answer.text()).put("status", answer.status());
        data.set("headers", answer.headerList());
        return response;
    }

    private static ObjectNode clientError(String message, String version) {
        ObjectNode response = JsonNodeFactory.instance.objectNode();
        response.put("type", "client_error")
                .put("version", version)
                .putObject("data")
                .put("message", message);
        return response;
    }
}
