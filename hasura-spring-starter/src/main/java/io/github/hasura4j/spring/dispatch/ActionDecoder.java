package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.ActionReference;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.dispatch.InputReader.Input;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads an action's body field by field, the input straight into the handler's type.
 *
 * <p>The envelope is read by hand so that paths in errors begin at the arguments, and so that a body whose {@code action} a
 * transform dropped still works where the name stands in the path.
 */
final class ActionDecoder implements PayloadDecoder {

    private final String handlerName;
    private final InputReader input;
    private final boolean inputRequired;
    private final WebhookJson json;

    ActionDecoder(String handlerName, InputReader input, boolean inputRequired, WebhookJson json) {
        this.handlerName = handlerName;
        this.input = input;
        this.inputRequired = inputRequired;
        this.json = json;
    }

    @Override
    public Decoded decode(WebhookRequest request, byte[] body) {
        try (JsonParser parser = json.parser(body)) {
            NameScanner.requireObject(parser.nextToken());
            String name = handlerName;
            boolean given = false;
            Input read = Input.NONE;
            SessionVariables variables = SessionVariables.empty();
            String query = null;
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                parser.nextToken();
                switch (field) {
                    case "action" -> name = actionName(parser);
                    case "input" -> {
                        given = parser.currentToken() != JsonToken.VALUE_NULL;
                        read = input.read(parser);
                    }
                    case "session_variables" -> variables = sessionVariables(parser);
                    case "request_query" -> query = text(parser, field);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw Refusal.invalidJson("The body goes on after its JSON object");
            }
            if (!given && inputRequired) {
                throw Refusal.missing("input");
            }
            return new Decoded(payload(name, read.value(), variables, query), read.path());
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "");
        }
    }

    @SuppressWarnings("NullAway") // It does not see that ActionPayload's T may be nullable.
    private static ActionPayload<?> payload(
            String name, @Nullable Object input, SessionVariables variables, @Nullable String query) {
        return new ActionPayload<@Nullable Object>(new ActionReference(name), input, variables, query);
    }

    private String actionName(JsonParser parser) {
        String name = handlerName;
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String field = parser.nextName(); field != null; field = parser.nextName()) {
                parser.nextToken();
                String sent = field.equals("name") ? text(parser, "action.name") : null;
                if (sent != null) {
                    name = sent;
                }
                parser.skipChildren();
            }
        } else {
            parser.skipChildren();
        }
        return name;
    }

    private SessionVariables sessionVariables(JsonParser parser) {
        try {
            SessionVariables variables = json.sessionVariables().readValue(parser);
            return variables == null ? SessionVariables.empty() : variables;
        } catch (JacksonException e) {
            throw JsonFailure.of(e, "session_variables");
        }
    }

    private static @Nullable String text(JsonParser parser, String path) {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw Refusal.doesNotFit(path);
        }
        return parser.getString();
    }
}
