package io.github.hasura4j.spring.dispatch;

import java.util.List;

import io.github.hasura4j.spring.HasuraActionException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidDefinitionException;

/**
 * Says what is wrong with a body and where, without repeating a value of it: Jackson's own messages quote values. What is repeated
 * are names on the way there, and those of a map are keys that the sender chose.
 */
final class JsonFailure {

    private JsonFailure() {}

    /** What to throw; {@code prefix} is where in the body the reading began. */
    static RuntimeException of(JacksonException failure, String prefix) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidDefinitionException || cause instanceof HasuraActionException) {
                return (RuntimeException) cause;
            }
            if (cause instanceof StreamConstraintsException) {
                return Refusal.invalidJson("The body goes beyond a limit on nesting, names, numbers or texts");
            }
            if (cause instanceof StreamReadException broken && !(cause instanceof InputCoercionException)) {
                var location = broken.getLocation();
                return Refusal.invalidJson(
                        location == null
                                ? "The body is not valid JSON"
                                : "The body is not valid JSON (line %d, column %d)"
                                        .formatted(location.getLineNr(), location.getColumnNr()));
            }
        }
        return Refusal.doesNotFit(path(failure.getPath(), prefix));
    }

    private static String path(List<JacksonException.Reference> references, String prefix) {
        StringBuilder path = new StringBuilder(prefix);
        for (JacksonException.Reference reference : references) {
            if (reference.getPropertyName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                if (!path.isEmpty()) {
                    path.append('.');
                }
                path.append(reference.getPropertyName());
            }
        }
        return path.toString();
    }
}
