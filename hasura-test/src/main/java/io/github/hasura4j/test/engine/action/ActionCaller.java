package io.github.hasura4j.test.engine.action;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Calls the handlers of synchronous actions ({@code webhooks.md} 1.1 to 1.5). */
public final class ActionCaller {

    private final Webhooks webhooks;
    private final Environment environment;
    private final ActionOutput output;

    public ActionCaller(Webhooks webhooks, Environment environment, CustomTypes types) {
        this.webhooks = webhooks;
        this.environment = environment;
        this.output = new ActionOutput(types);
    }

    /**
     * An action's answer.
     *
     * @param json the selected fields
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    public record Outcome(String json, List<String> cookies) {}

    /** Runs one action. */
    public Outcome call(
            ActionMetadata action, ExecutableNormalizedField field, Session session, @Nullable String document) {
        if (action.asynchronous()) {
            throw EngineException.notSupported("$", "asynchronous action '" + action.name() + "'");
        }
        if (action.requestTransform() != null || action.responseTransform() != null) {
            throw EngineException.notSupported("$", "the transform of action '" + action.name() + "'");
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("action").put("name", action.name());
        body.set("input", EngineJson.tree(field.getResolvedArguments()));
        body.set("session_variables", EngineJson.tree(session.variables().asMap()));
        body.put("request_query", document);

        Webhooks.Answer answer = post(action, session, body);
        JsonNode json = parse(action, body, answer);
        if (answer.status() >= 200 && answer.status() < 300) {
            JsonNode selected = output.select(json, action.outputType(), field.getChildren());
            List<String> cookies = answer.headers().getOrDefault("set-cookie", List.of());
            return new Outcome(EngineJson.write(selected), cookies);
        }
        throw answer.status() >= 400 && answer.status() < 500
                ? refusal(json)
                : EngineException.unexpected("internal error")
                        .withInternal(internal(
                                "expecting 2xx or 4xx status code, but found " + answer.status(),
                                action,
                                body,
                                answer));
    }

    private Webhooks.Answer post(ActionMetadata action, Session session, ObjectNode body) {
        try {
            String url = environment.resolve(String.valueOf(action.handler()));
            Map<String, String> headers = webhooks.headers(
                    action.headers(), environment, action.forwardClientHeaders() ? session.clientHeaders() : Map.of());
            return webhooks.post(url, headers, EngineJson.write(body), Duration.ofSeconds(action.timeoutSeconds()));
        } catch (IOException e) {
            throw EngineException.unexpected("http exception when calling webhook")
                    .withInternal(internal(String.valueOf(e.getMessage()), action, body, null));
        }
    }

    private static JsonNode parse(ActionMetadata action, ObjectNode body, Webhooks.Answer answer) {
        String problem;
        try {
            JsonNode json = EngineJson.parse(answer.body());
            if (!json.isMissingNode()) {
                return json;
            }
            problem = "empty body";
        } catch (JacksonException e) {
            problem = e.getOriginalMessage();
        }
        throw EngineException.unexpected("not a valid json response from webhook")
                .withInternal(internal("invalid json: " + problem, action, body, answer));
    }

    private static EngineException refusal(JsonNode json) {
        JsonNode message = json.path("message");
        JsonNode code = json.path("code");
        boolean badCode = !code.isMissingNode() && !code.isNull() && !code.isString();
        if (!message.isString() || badCode) {
            return EngineException.of(
                    "parse-failed",
                    "$",
                    "parsing Hasura.GraphQL.Execute.Action.Types.ActionWebhookErrorResponse(ActionWebhookErrorResponse)"
                            + " failed, key \"message\" not found");
        }
        EngineException refusal = EngineException.of(code.asString("unexpected"), "$", message.stringValue());
        JsonNode extensions = json.path("extensions");
        return extensions.isMissingNode() || extensions.isNull() ? refusal : refusal.withExtensions(extensions);
    }

    private static ObjectNode internal(
            String error, ActionMetadata action, ObjectNode body, Webhooks.@Nullable Answer answer) {
        ObjectNode internal = JsonNodeFactory.instance.objectNode();
        internal.put("error", error);
        ObjectNode request = internal.putObject("request");
        request.put("url", action.handler());
        request.set("body", body);
        request.putNull("transformed_request");
        if (answer == null) {
            internal.putNull("response");
        } else {
            internal.putObject("response").put("status", answer.status()).put("body", answer.text());
        }
        return internal;
    }
}
