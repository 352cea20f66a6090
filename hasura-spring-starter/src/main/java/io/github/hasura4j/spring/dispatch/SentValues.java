package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Columns, fields or arguments by name, as the engine sent them: whatever types the handler takes, no digit is lost. */
final class SentValues {

    private final List<JsonNode> objects;

    private SentValues(JsonNode... objects) {
        this.objects = Stream.of(objects).filter(JsonNode::isObject).toList();
    }

    static SentValues of(DefaultWebhookCall call, WebhookJson json) {
        JsonNode body = json.tree(call.body());
        return switch (call.kind()) {
            case ACTION -> arguments(body.path("input"), call.inputPath());
            case EVENT -> row(body.path("event").path("data"));
            case SCHEDULED -> new SentValues(body.path("payload"));
            case VALIDATION, AUTH_HOOK -> new SentValues();
        };
    }

    private static SentValues row(JsonNode data) {
        JsonNode newRow = data.path("new");
        return new SentValues(newRow.isObject() ? newRow : data.path("old"));
    }

    /** Actions often have a single argument with everything inside. */
    private static SentValues arguments(JsonNode input, String path) {
        if (!path.isEmpty()) {
            return new SentValues(input.path(path));
        }
        return input.size() == 1
                ? new SentValues(input, input.values().iterator().next())
                : new SentValues(input);
    }

    /** The value of this name, be it null; or null if there is none. */
    @Nullable
    JsonNode find(String name) {
        for (JsonNode object : objects) {
            for (String spelling : spellings(name)) {
                JsonNode value = object.get(spelling);
                if (value != null) {
                    return value;
                }
            }
        }
        return null;
    }

    /** The name itself, as columns are usually written, and as Java writes it. */
    static List<String> spellings(String name) {
        String snake = name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
        StringBuilder camel = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean joint = name.charAt(i) == '_' && !camel.isEmpty() && i + 1 < name.length();
            camel.append(joint ? Character.toUpperCase(name.charAt(++i)) : name.charAt(i));
        }
        return Stream.of(name, snake, camel.toString()).distinct().toList();
    }
}
