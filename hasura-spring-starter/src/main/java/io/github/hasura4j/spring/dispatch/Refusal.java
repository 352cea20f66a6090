package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.ActionError;

/** Ends the handling of a request with an answer that is the sender's fault; thrown and caught within the dispatcher. */
final class Refusal extends RuntimeException {

    private final int status;
    private final transient ActionError error;
    private final transient Map<String, List<String>> headers;

    private Refusal(int status, ActionError error, Map<String, List<String>> headers) {
        super(error.message(), null, false, false);
        this.status = status;
        this.error = error;
        this.headers = headers;
    }

    static Refusal unauthenticated() {
        return of(401, "unauthenticated", "The webhook secret is missing or wrong");
    }

    static Refusal methodNotAllowed() {
        return new Refusal(
                405,
                ActionError.of("method-not-allowed", "Webhooks are called with POST"),
                Map.of("Allow", List.of("POST")));
    }

    static Refusal unsupportedMediaType() {
        return of(415, "unsupported-media-type", "Webhooks are called with JSON (Content-Type: application/json)");
    }

    static Refusal tooLarge(long limit) {
        return of(413, "payload-too-large", "The body is larger than %d bytes".formatted(limit));
    }

    static Refusal unreadable() {
        return of(400, "unreadable-body", "The body ended before it was complete");
    }

    static Refusal invalidJson(String what) {
        return of(400, "invalid-json", what);
    }

    static Refusal unknownHandler(String code, String message) {
        return of(404, code, message);
    }

    /** A value that does not fit; says where it stands, never what it is. */
    static Refusal doesNotFit(String path) {
        return path.isEmpty()
                ? of(400, "invalid-input", "The input does not have the expected form")
                : new Refusal(
                        400,
                        ActionError.of("invalid-input", "'%s' does not have the expected form".formatted(path))
                                .with("path", path),
                        Map.of());
    }

    static Refusal missing(String path) {
        return missing(path, "'%s' is required".formatted(path));
    }

    static Refusal missing(String path, String message) {
        return new Refusal(400, ActionError.of("invalid-input", message).with("path", path), Map.of());
    }

    static Refusal addressNotAllowed() {
        return of(403, "address-not-allowed", "Webhooks are not taken from this address");
    }

    /** A session that lacks a variable, or has one that is no such value; says which, never what it is. */
    static Refusal session(String message) {
        return of(400, "invalid-session", message);
    }

    static Refusal invalid(List<Violation> violations) {
        return new Refusal(
                400,
                ActionError.of("validation-failed", "The input is not valid").with("violations", violations),
                Map.of());
    }

    private static Refusal of(int status, String code, String message) {
        return new Refusal(status, ActionError.of(code, message), Map.of());
    }

    int status() {
        return status;
    }

    ActionError error() {
        return error;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    /** What is wrong with one value; {@code path} in the names of the GraphQL arguments. */
    record Violation(String path, String message) {}
}
