package io.github.hasura4j.client.metadata;

import java.util.ArrayList;
import java.util.List;

import io.github.hasura4j.client.project.HeaderMetadata;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Headers that the engine sends along, to and from JSON. */
final class Headers {

    private Headers() {}

    static List<HeaderMetadata> from(JsonNode list) {
        return Json.list(
                list,
                json -> new HeaderMetadata(
                        Json.text(json, "name"),
                        Json.textOrNull(json, "value"),
                        Json.textOrNull(json, "value_from_env")));
    }

    static List<HeaderMetadata> plus(List<HeaderMetadata> headers, HeaderMetadata one) {
        List<HeaderMetadata> more = new ArrayList<>(headers);
        more.add(one);
        return more;
    }

    static ArrayNode json(List<HeaderMetadata> headers) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        headers.forEach(header -> {
            if (header.valueFromEnv() != null) {
                list.addObject().put("name", header.name()).put("value_from_env", header.valueFromEnv());
            } else {
                list.addObject().put("name", header.name()).put("value", header.value());
            }
        });
        return list;
    }
}
