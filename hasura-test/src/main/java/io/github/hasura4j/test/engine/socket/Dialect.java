package io.github.hasura4j.test.engine.socket;

import java.util.List;

import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the engine words its messages in each sub-protocol ({@code graphql-api.md} C.5). */
enum Dialect {
    /** The newer one. */
    TRANSPORT_WS("graphql-transport-ws", "next", "{\"type\":\"ping\",\"payload\":{\"message\":\"keepalive\"}}"),
    /** The older one, Apollo's. */
    GRAPHQL_WS("graphql-ws", "data", "{\"type\":\"ka\"}");

    private final String protocol;
    private final String result;
    private final String keepAlive;

    Dialect(String protocol, String result, String keepAlive) {
        this.protocol = protocol;
        this.result = result;
        this.keepAlive = keepAlive;
    }

    /** The newer one if it is offered alone; the older one for anything else. */
    static Dialect of(List<String> offered) {
        return offered.size() == 1 && offered.get(0).equals(TRANSPORT_WS.protocol) ? TRANSPORT_WS : GRAPHQL_WS;
    }

    String protocol() {
        return protocol;
    }

    String keepAlive() {
        return keepAlive;
    }

    /** A message with the JSON of an answer. */
    String result(String id, String payload) {
        return "{\"type\":\"" + result + "\",\"id\":" + EngineJson.tree(id) + ",\"payload\":" + payload + "}";
    }

    /** A message with the errors of an operation that was not run. */
    String refusal(String id, JsonNode errors) {
        JsonNode payload = this == TRANSPORT_WS
                ? errors
                : JsonNodeFactory.instance.objectNode().set("errors", errors);
        return error(id, payload);
    }

    /** A message with the errors of a query or mutation that was run. */
    String failure(String id, JsonNode errors) {
        if (this == TRANSPORT_WS) {
            return error(id, errors);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putNull("data").set("errors", errors);
        return result(id, EngineJson.write(body));
    }

    private static String error(String id, JsonNode payload) {
        return "{\"type\":\"error\",\"id\":" + EngineJson.tree(id) + ",\"payload\":" + EngineJson.write(payload) + "}";
    }

    static String complete(String id) {
        return "{\"type\":\"complete\",\"id\":" + EngineJson.tree(id) + "}";
    }

    static String connectionError(String message) {
        return "{\"type\":\"connection_error\",\"payload\":" + EngineJson.tree(message) + "}";
    }

    /** The reason of a close frame whose code the protocol has chosen. */
    static String reason(int code, String message) {
        return "{\"server_error_msg\":" + EngineJson.tree(code + ": " + message) + "}";
    }
}
