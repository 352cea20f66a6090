package io.github.hasura4j.test.engine.transform;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import io.github.hasura4j.test.engine.EngineJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Changes the request of an action, an event or a schedule into another ({@code metadata.md} A.7). */
public final class RequestTransform {

    private final String method;
    private final @Nullable Expression url;
    private final @Nullable Expression query;
    private final Map<String, Expression> queryParameters;
    private final Map<String, Expression> addedHeaders;
    private final Set<String> removedHeaders = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    private final @Nullable Expression body;
    private final boolean removesBody;
    private final @Nullable Map<String, Expression> form;

    private RequestTransform(JsonNode json) {
        this.method = json.path("method").asString("POST").toUpperCase(Locale.ROOT);
        this.url = Templates.text(json.path("url"));
        this.query = Templates.text(json.path("query_params"));
        this.queryParameters = Templates.texts(json.path("query_params"));
        this.addedHeaders = Templates.texts(json.path("request_headers").path("add_headers"));
        json.path("request_headers").path("remove_headers").forEach(name -> removedHeaders.add(name.asString()));
        JsonNode bodyJson = json.path("body");
        String action = bodyJson.path("action").asString("");
        this.body = Templates.body(bodyJson);
        this.removesBody = action.equals("remove");
        this.form = action.equals("x_www_form_urlencoded") ? Templates.texts(bodyJson.path("form_template")) : null;
    }

    /**
     * Reads {@code request_transform}.
     *
     * @throws TransformException if a template cannot be read
     */
    public static RequestTransform from(JsonNode json) {
        return new RequestTransform(json);
    }

    /**
     * A request that is to be made.
     *
     * @param method the HTTP method
     * @param url the URL
     * @param headers the headers
     * @param body the body; null for none
     */
    public record Request(
            String method,
            String url,
            Map<String, String> headers,
            @Nullable String body) {

        /** As admins see it in the details of an error. */
        public ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            return json.put("method", method).put("url", url).put("body", body);
        }

        /** Leaves headers and body out. */
        @Override
        public String toString() {
            return "Request[" + method + " " + url + "]";
        }
    }

    /**
     * Makes another request of one.
     *
     * @param baseUrl the URL that it would go to
     * @param headers the headers that it would have
     * @param payload the body that it would have
     * @param session the session variables; null for none
     * @throws TransformException if a template does not go with these
     */
    public Request apply(String baseUrl, Map<String, String> headers, JsonNode payload, @Nullable JsonNode session) {
        Map<String, JsonNode> values = new HashMap<>();
        values.put("$body", payload);
        values.put("$base_url", StringNode.valueOf(baseUrl));
        values.put("$session_variables", session == null ? NullNode.instance : session);
        values.put("$query_params", JsonNodeFactory.instance.objectNode());
        Scope scope = new Scope(values);
        Map<String, String> changed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        changed.putAll(headers);
        changed.keySet().removeAll(removedHeaders);
        addedHeaders.forEach(
                (name, template) -> changed.put(name, template.in(scope).asString()));
        if (form != null) {
            changed.put("Content-Type", "application/x-www-form-urlencoded");
        }
        return new Request(method, url(baseUrl, scope), changed, body(payload, scope));
    }

    private String url(String baseUrl, Scope scope) {
        String base = url == null ? baseUrl : url.in(scope).asString();
        String more = query == null
                ? joined(queryParameters, scope)
                : query.in(scope).asString().replaceFirst("^\\?", "");
        return more.isEmpty() ? base : base + (base.contains("?") ? "&" : "?") + more;
    }

    private @Nullable String body(JsonNode payload, Scope scope) {
        if (removesBody) {
            return null;
        }
        if (form != null) {
            return joined(form, scope);
        }
        return EngineJson.write(body == null ? payload : body.in(scope));
    }

    /** Pairs as queries and forms have them; what comes to null is left out. */
    private static String joined(Map<String, Expression> templates, Scope scope) {
        List<String> pairs = new ArrayList<>();
        templates.forEach((name, template) -> {
            String value = template.in(scope).asString();
            if (!value.equals("null")) {
                pairs.add(Functions.escapeUri(name) + "=" + Functions.escapeUri(value));
            }
        });
        return String.join("&", pairs);
    }
}
