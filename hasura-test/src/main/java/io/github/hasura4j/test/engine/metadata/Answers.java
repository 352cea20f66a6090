package io.github.hasura4j.test.engine.metadata;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What commands answer. */
final class Answers {

    private Answers() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode success() {
        return object().put("message", "success");
    }
}
