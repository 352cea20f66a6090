package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.spring.dispatch.Refusal.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Input validations: a refusal is exactly a 400, and of its body the client sees the message alone, so all there is to say is said
 * there ({@code webhooks.md} 5). What is wrong with the setup and not with the input keeps its own status; the engine then fails the
 * mutation without telling the client why.
 */
final class ValidationDialect implements Dialect {

    private static final Set<Integer> OF_THE_SETUP = Set.of(401, 403, 404, 405, 415);
    private static final int MOST_VIOLATIONS = 20;

    @Override
    public String handlerName(WebhookRequest request, byte[] body, NameScanner names) {
        String inPath = request.name();
        if (inPath == null) {
            throw Refusal.missing("name", """
                    The body of a validation names no handler, so the URL of the webhook has to end in the handler's name""");
        }
        return inPath;
    }

    @Override
    public String unknownCode() {
        return "unknown-validation";
    }

    @Override
    public Told success(@Nullable Object result) {
        return Told.DONE;
    }

    @Override
    public Told refused(int status, ActionError error) {
        return new Told(400, inOneMessage(error), List.of());
    }

    @Override
    public Told rejected(int status, ActionError error) {
        boolean becauseOfTheInput = status < 500 && !OF_THE_SETUP.contains(status);
        return new Told(becauseOfTheInput ? 400 : status, inOneMessage(error), List.of());
    }

    private static ActionError inOneMessage(ActionError error) {
        if (!(error.extensions().get("violations") instanceof List<?> violations)) {
            return error;
        }
        String all = violations.stream()
                .limit(MOST_VIOLATIONS)
                .filter(Violation.class::isInstance)
                .map(Violation.class::cast)
                .map(violation -> (violation.path() + " " + violation.message()).strip())
                .collect(Collectors.joining("; "));
        int more = violations.size() - MOST_VIOLATIONS;
        return new ActionError(
                error.message() + ": " + all + (more > 0 ? "; and %d more".formatted(more) : ""),
                Map.copyOf(error.extensions()));
    }
}
