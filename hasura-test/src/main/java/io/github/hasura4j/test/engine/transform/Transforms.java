package io.github.hasura4j.test.engine.transform;

import java.util.Map;

import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Both transforms of an action or a trigger, either of which may be missing. */
public final class Transforms {

    private final @Nullable RequestTransform request;
    private final @Nullable ResponseTransform response;

    private Transforms(@Nullable RequestTransform request, @Nullable ResponseTransform response) {
        this.request = request;
        this.response = response;
    }

    /**
     * Reads them.
     *
     * @throws TransformException if a template cannot be read
     */
    public static Transforms from(@Nullable JsonNode request, @Nullable JsonNode response) {
        return new Transforms(
                request == null ? null : RequestTransform.from(request),
                response == null ? null : ResponseTransform.from(response));
    }

    /**
     * Names transforms that cannot be read.
     *
     * @param owner whose they are, such as {@code action 'login'}
     */
    public static void report(
            String owner, @Nullable JsonNode request, @Nullable JsonNode response, Problems problems) {
        try {
            from(request, response);
        } catch (TransformException e) {
            problems.unsupported("transform of the " + owner + ": " + e.getMessage());
        }
    }

    /** Whether the request becomes another. */
    public boolean changeRequests() {
        return request != null;
    }

    /**
     * The request that is made instead of a POST.
     *
     * @throws TransformException if the transform does not go with it
     */
    public RequestTransform.Request request(
            String url, Map<String, String> headers, JsonNode payload, @Nullable JsonNode session) {
        return request == null
                ? new RequestTransform.Request("POST", url, headers, EngineJson.write(payload))
                : request.apply(url, headers, payload, session);
    }

    /**
     * The body that is taken instead of an answer's.
     *
     * @throws TransformException if the transform does not go with it
     */
    public String response(String answer, int status, JsonNode payload, @Nullable JsonNode session) {
        return response == null ? answer : response.apply(answer, status, payload, session);
    }

    /** Whether answers become others. */
    public boolean changeResponses() {
        return response != null;
    }
}
