package io.github.hasura4j.spring.jwt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The engine's small JSONPath: {@code $}, {@code $.a.b}, {@code $.a[0]}, {@code $['a b'].c}; the {@code $} may be missing.
 *
 * @param text as it was given
 * @param steps texts for members, numbers for elements; empty for the root
 */
record JsonPath(String text, List<Object> steps) {

    private static final Pattern STEP = Pattern.compile("""
            \\.?(?<name>[\\p{L}_][\\p{L}\\p{Nd}_-]*)\
            |\\.?\\[(?:(?<index>\\d{1,4})|"(?<double>(?:\\\\.|[^"\\\\])*)"|'(?<single>(?:\\\\.|[^'\\\\])*)')\\]""");

    static JsonPath parse(String text, String setting) {
        List<Object> steps = new ArrayList<>();
        int at = text.startsWith("$") ? 1 : 0;
        Matcher step = STEP.matcher(text);
        while (at < text.length() && step.region(at, text.length()).lookingAt()) {
            steps.add(step(step, text, setting));
            at = step.end();
        }
        if (at < text.length() || text.isEmpty()) {
            throw unreadable(text, setting);
        }
        return new JsonPath(text, List.copyOf(steps));
    }

    private static Object step(Matcher step, String text, String setting) {
        if (step.group("index") != null) {
            return Integer.valueOf(step.group("index"));
        }
        if (step.group("name") != null) {
            return step.group("name");
        }
        String quoted = step.group("double");
        if (quoted == null) {
            quoted = step.group("single").replace("\\'", "'").replace("\"", "\\\"");
        }
        try {
            return JsonMapper.shared().readValue('"' + quoted + '"', String.class);
        } catch (JacksonException e) {
            throw unreadable(text, setting);
        }
    }

    private static IllegalArgumentException unreadable(String text, String setting) {
        return new IllegalArgumentException(
                "%s is not a path the engine reads: '%s'. Write it like $.user.id, $.roles[0] or $['https://x']"
                        .formatted(setting, text));
    }

    /** What stands there, null if nothing does. */
    @Nullable
    JsonNode find(JsonNode root) {
        JsonNode at = root;
        for (Object step : steps) {
            at = at == null ? null : child(at, step);
        }
        return at;
    }

    /** Puts a value there, with everything on the way; false if something else stands there already. */
    boolean put(ObjectNode root, JsonNode value) {
        JsonNode at = root;
        for (int i = 0; i < steps.size(); i++) {
            Object step = steps.get(i);
            boolean last = i == steps.size() - 1;
            JsonNode next = child(at, step);
            if (next == null) {
                next = last ? value : steps.get(i + 1) instanceof Integer ? root.arrayNode() : root.objectNode();
                if (at instanceof ObjectNode object && step instanceof String name) {
                    object.set(name, next);
                } else if (at instanceof ArrayNode array && step.equals(array.size())) {
                    array.add(next);
                } else {
                    return false;
                }
            } else if (last && !next.equals(value)) {
                return false;
            }
            at = next;
        }
        return !steps.isEmpty();
    }

    /** Whether this is the first element of what the other path leads to. */
    boolean isFirstOf(JsonPath other) {
        return steps.size() == other.steps.size() + 1
                && steps.subList(0, other.steps.size()).equals(other.steps)
                && steps.get(other.steps.size()).equals(0);
    }

    private static @Nullable JsonNode child(JsonNode at, Object step) {
        return step instanceof Integer index ? at.get(index.intValue()) : at.get((String) step);
    }
}
