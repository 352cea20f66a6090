package io.github.hasura4j.test.engine.transform;

import java.util.HashMap;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Changes the body of an answer before anybody looks at it ({@code metadata.md} A.7). */
public final class ResponseTransform {

    private final @Nullable Expression body;

    private ResponseTransform(@Nullable Expression body) {
        this.body = body;
    }

    /**
     * Reads {@code response_transform}.
     *
     * @throws TransformException if a template cannot be read
     */
    public static ResponseTransform from(JsonNode json) {
        return new ResponseTransform(Templates.body(json.path("body")));
    }

    /**
     * Makes another body of one.
     *
     * @param answer the answer's body
     * @param status the answer's status
     * @param request the body of the request
     * @param session the session variables; null for none
     * @throws TransformException if the template does not go with these
     */
    public String apply(String answer, int status, JsonNode request, @Nullable JsonNode session) {
        if (body == null) {
            return answer;
        }
        JsonNode json = json(answer);
        Map<String, JsonNode> values = new HashMap<>();
        values.put("$body", json);
        ObjectNode response = JsonNodeFactory.instance.objectNode().put("status", status);
        response.set("body", json);
        values.put("$response", response);
        ObjectNode asked = JsonNodeFactory.instance.objectNode();
        asked.set("body", request);
        values.put("$request", asked);
        values.put("$session_variables", session == null ? NullNode.instance : session);
        return EngineJson.write(body.in(new Scope(values)));
    }

    private static JsonNode json(String answer) {
        try {
            JsonNode json = EngineJson.parse(answer);
            return json.isMissingNode() ? NullNode.instance : json;
        } catch (JacksonException e) {
            return StringNode.valueOf(answer);
        }
    }
}
