package io.github.hasura4j.test.engine.transform;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the templates of a transform. */
final class Templates {

    private Templates() {}

    /** A template for text; null if there is none. */
    static @Nullable Expression text(JsonNode template) {
        return template.isString() ? KritiParser.text(template.stringValue()) : null;
    }

    /** Templates for text by name. */
    static Map<String, Expression> texts(JsonNode map) {
        Map<String, Expression> templates = new LinkedHashMap<>();
        map.properties()
                .forEach(entry -> templates.put(
                        entry.getKey(), KritiParser.text(entry.getValue().asString(""))));
        return templates;
    }

    /** The template of a body, given as text in version 1 and as an action in version 2; null if it stays as it is. */
    static @Nullable Expression body(JsonNode body) {
        if (body.isString()) {
            return KritiParser.json(body.stringValue());
        }
        return body.path("action").asString("").equals("transform")
                ? KritiParser.json(body.path("template").asString(""))
                : null;
    }
}
