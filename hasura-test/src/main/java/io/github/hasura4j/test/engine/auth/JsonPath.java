package io.github.hasura4j.test.engine.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import tools.jackson.databind.JsonNode;

/** A path into JSON as the engine's settings write it, such as {@code $.user['all roles'][0]}; {@code $} alone is everything. */
final class JsonPath {

    private static final Pattern STEP =
            Pattern.compile("\\.([^.\\[\\]]+)|\\[([0-9]{1,6})]|\\['([^']*)']|\\[\"([^\"]*)\"]");

    private final String text;
    private final List<Object> steps = new ArrayList<>();

    /**
     * Reads a path.
     *
     * @throws IllegalArgumentException if it is none
     */
    JsonPath(String text) {
        this.text = text;
        if (!text.startsWith("$")) {
            throw new IllegalArgumentException("'" + text + "' is not a JSON path: it begins with $");
        }
        Matcher matcher = STEP.matcher(text);
        int position = 1;
        while (position < text.length()) {
            if (!matcher.find(position) || matcher.start() != position) {
                throw new IllegalArgumentException(
                        "'" + text + "' is not a JSON path after '" + text.substring(0, position) + "'");
            }
            if (matcher.group(2) != null) {
                steps.add(Integer.valueOf(matcher.group(2)));
            } else {
                String quoted = matcher.group(3) != null ? matcher.group(3) : matcher.group(4);
                steps.add(matcher.group(1) != null ? matcher.group(1) : quoted);
            }
            position = matcher.end();
        }
    }

    /** What stands there; a missing node if nothing does. */
    JsonNode in(JsonNode root) {
        JsonNode node = root;
        for (Object step : steps) {
            node = step instanceof Integer index ? node.path(index) : node.path((String) step);
        }
        return node;
    }

    @Override
    public String toString() {
        return text;
    }
}
