package io.github.hasura4j.test.engine.action;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.transform.RequestTransform;
import io.github.hasura4j.test.engine.transform.TransformException;
import io.github.hasura4j.test.engine.transform.Transforms;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Posts an action to its handler and holds the answer against the contract ({@code webhooks.md} 1.1 to 1.5). */
public final class ActionWebhook {

    private final Webhooks webhooks;
    private final Environment environment;
    private final ActionOutput output;

    public ActionWebhook(Webhooks webhooks, Environment environment, CustomTypes types) {
        this.webhooks = webhooks;
        this.environment = environment;
        this.output = new ActionOutput(types);
    }

    /**
     * What a handler is asked.
     *
     * @param action the action
     * @param input its arguments
     * @param sessionVariables who asks
     * @param document the client's GraphQL text; null for asynchronous actions
     * @param clientHeaders the client's headers, forwarded if the action says so
     * @param trace the trace that the call is part of
     */
    public record Call(
            ActionMetadata action,
            JsonNode input,
            JsonNode sessionVariables,
            @Nullable String document,
            Map<String, List<String>> clientHeaders,
            Trace trace) {

        private ObjectNode body() {
            ObjectNode body = JsonNodeFactory.instance.objectNode();
            body.putObject("action").put("name", action.name());
            body.set("input", input);
            body.set("session_variables", sessionVariables);
            body.put("request_query", document);
            return body;
        }

        private Map<String, String> forwarded() {
            if (!action.forwardClientHeaders()) {
                return Map.of();
            }
            List<String> ignored = action.ignoredClientHeaders();
            return ignored == null
                    ? ClientHeaders.forwarded(clientHeaders)
                    : ClientHeaders.forwarded(clientHeaders, ignored);
        }
    }

    /**
     * A handler's answer that fits.
     *
     * @param json the answer whole, whatever was selected
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    public record Reply(JsonNode json, List<String> cookies) {}

    ActionOutput output() {
        return output;
    }

    /**
     * Calls the handler.
     *
     * @throws EngineException in the engine's words, if there is no answer, a refusal, or one that does not fit
     */
    public Reply post(Call call) {
        ActionMetadata action = call.action();
        Transforms transforms = transforms(action);
        ObjectNode body = call.body();
        Sent sent = new Sent(call, body, request(call, body, transforms));
        Webhooks.Answer answer = transformed(send(sent), sent, transforms);
        JsonNode json = parse(sent, answer);
        if (answer.status() >= 200 && answer.status() < 300) {
            try {
                output.check(json, action.outputType());
            } catch (EngineException e) {
                throw e.withInternal(sent.internal("unexpected response", answer, json));
            }
            return new Reply(json, answer.headers().getOrDefault("set-cookie", List.of()));
        }
        if (answer.status() >= 400 && answer.status() < 500) {
            throw refusal(json)
                    .withStatus(answer.status())
                    .withInternal(sent.internal("unexpected response", answer, json));
        }
        String problem = "expecting 2xx or 4xx status code, but found " + answer.status();
        throw EngineException.unexpected("internal error").withInternal(sent.internal(problem, answer, json));
    }

    private static Transforms transforms(ActionMetadata action) {
        try {
            return Transforms.from(action.requestTransform(), action.responseTransform());
        } catch (TransformException e) {
            throw EngineException.notSupported("$", "the transform of action '" + action.name() + "'");
        }
    }

    private RequestTransform.Request request(Call call, ObjectNode body, Transforms transforms) {
        ActionMetadata action = call.action();
        try {
            return transforms.request(
                    environment.resolve(String.valueOf(action.handler())),
                    webhooks.headers(action.headers(), environment, call.forwarded(), call.trace()),
                    body,
                    call.sessionVariables());
        } catch (TransformException e) {
            throw EngineException.unexpected("Request Transformation Failed").withInternal(reason(e));
        }
    }

    private Webhooks.Answer send(Sent sent) {
        RequestTransform.Request request = sent.request();
        try {
            return webhooks.call(
                    request.method(),
                    request.url(),
                    request.headers(),
                    request.body(),
                    Duration.ofSeconds(sent.call().action().timeoutSeconds()));
        } catch (IOException e) {
            throw EngineException.unexpected("http exception when calling webhook")
                    .withInternal(sent.internal(String.valueOf(e.getMessage()), null, null));
        }
    }

    private static Webhooks.Answer transformed(Webhooks.Answer answer, Sent sent, Transforms transforms) {
        if (!transforms.changeResponses()) {
            return answer;
        }
        try {
            return answer.withText(transforms.response(
                    answer.text(), answer.status(), sent.body(), sent.call().sessionVariables()));
        } catch (TransformException e) {
            throw EngineException.unexpected("Response Transformation Failed").withInternal(reason(e));
        }
    }

    private static JsonNode reason(TransformException e) {
        return JsonNodeFactory.instance.stringNode(String.valueOf(e.getMessage()));
    }

    private static JsonNode parse(Sent sent, Webhooks.Answer answer) {
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
                .withInternal(sent.internal("invalid json: " + problem, answer, null));
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

    /**
     * What was asked, for the details that admins see of an error.
     *
     * @param call the call
     * @param body the body of the contract
     * @param request what a transform made of it, or the same
     */
    private record Sent(Call call, ObjectNode body, RequestTransform.Request request) {

        ObjectNode internal(String error, Webhooks.@Nullable Answer answer, @Nullable JsonNode json) {
            ObjectNode internal = JsonNodeFactory.instance.objectNode();
            internal.put("error", error);
            ObjectNode asked = internal.putObject("request");
            asked.put("url", call.action().handler());
            asked.set("body", body);
            asked.set("headers", headers());
            asked.set(
                    "transformed_request",
                    call.action().requestTransform() == null ? NullNode.instance : request.json());
            if (answer == null) {
                internal.putNull("response");
                return internal;
            }
            ObjectNode response = internal.putObject("response").put("status", answer.status());
            response.set("body", json == null ? StringNode.valueOf(answer.text()) : json);
            response.set("headers", answer.headerList());
            return internal;
        }

        /** Headers from the environment are told by the variable's name. */
        private ArrayNode headers() {
            ArrayNode headers = JsonNodeFactory.instance.arrayNode();
            call.action().headers().forEach(header -> {
                ObjectNode entry = headers.addObject().put("name", header.name());
                if (header.valueFromEnv() != null) {
                    entry.put("value_from_env", header.valueFromEnv());
                } else {
                    entry.put("value", header.value());
                }
            });
            call.forwarded()
                    .forEach((name, value) ->
                            headers.addObject().put("name", name).put("value", value));
            return headers;
        }
    }
}
