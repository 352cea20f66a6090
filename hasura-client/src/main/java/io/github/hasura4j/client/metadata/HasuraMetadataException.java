package io.github.hasura4j.client.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.github.hasura4j.client.HasuraException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The engine refused a command; look at {@link #code()}, which is one of the engine's, such as {@code already-exists}.
 *
 * <p>The message says which command, what the engine says, and which objects are inconsistent; it leaves {@link #internal()} out,
 * which may hold SQL and values.
 */
public sealed class HasuraMetadataException extends HasuraException permits MetadataConflictException {

    private static final int SHOWN = 3;

    private final String command;
    private final int status;
    private final String code;
    private final String path;
    private final String error;
    private final transient @Nullable JsonNode internal;

    HasuraMetadataException(String command, int status, JsonNode answer, String advice) {
        super(describe(command, answer) + advice, null);
        this.command = command;
        this.status = status;
        this.code = Json.text(answer, "code");
        this.path = Json.text(answer, "path");
        this.error = Json.text(answer, "error");
        this.internal = Json.orNull(answer, "internal");
    }

    /** Makes the exception for an answer that {@link #isError}. */
    static HasuraMetadataException of(String command, int status, JsonNode answer) {
        boolean conflict = status == 409 || Json.text(answer, "code").equals("conflict");
        return conflict
                ? new MetadataConflictException(command, status, answer, "")
                : new HasuraMetadataException(command, status, answer, advice(status, answer));
    }

    /** Whether an answer is an error of the engine, whatever its status. */
    static boolean isError(JsonNode answer) {
        return answer.path("error").isString()
                && answer.path("code").isString()
                && answer.path("path").isString();
    }

    private static String describe(String command, JsonNode answer) {
        JsonNode sqlState = answer.path("internal").path("error").path("status_code");
        List<InconsistentObject> objects = inconsistentObjects(answer.path("internal"));
        return "'%s' failed with %s at %s: %s%s%s"
                .formatted(
                        command,
                        Json.text(answer, "code"),
                        Json.text(answer, "path"),
                        Json.text(answer, "error"),
                        sqlState.isString() ? " (SQLSTATE " + sqlState.stringValue() + ")" : "",
                        objects.isEmpty() ? "" : ". Inconsistent: " + named(objects));
    }

    private static String named(List<InconsistentObject> objects) {
        return objects.stream().limit(SHOWN).map(InconsistentObject::toString).collect(Collectors.joining("; "))
                + (objects.size() > SHOWN ? "; and %d more".formatted(objects.size() - SHOWN) : "");
    }

    private static String advice(int status, JsonNode answer) {
        if (status == 404) {
            return ". Is this API among the engine's HASURA_GRAPHQL_ENABLED_APIS?";
        }
        boolean secret = status == 401
                && Json.text(answer, "error").toLowerCase(Locale.ROOT).contains("admin-secret");
        return secret ? ". Check the admin secret that the client was given." : "";
    }

    private static List<InconsistentObject> inconsistentObjects(@Nullable JsonNode internal) {
        return internal != null && internal.isArray()
                ? internal.valueStream()
                        .filter(InconsistentObject::isOne)
                        .map(InconsistentObject::from)
                        .toList()
                : List.of();
    }

    /** The type of the command that was refused, such as {@code replace_metadata}. */
    public String command() {
        return command;
    }

    /** The HTTP status, mostly 400. */
    public int status() {
        return status;
    }

    /** What is the matter, for programs: {@code already-exists}, {@code not-exists}, {@code parse-failed}, … */
    public String code() {
        return code;
    }

    /** Whether it has this code. */
    public boolean hasCode(String other) {
        return code.equals(other);
    }

    /** Where in the command, such as {@code $.args[1].args.name}. */
    public String path() {
        return path;
    }

    /** What is the matter, for people, in the engine's words. */
    public String error() {
        return error;
    }

    /** What the engine lets administrators know besides. It may hold SQL with values: think before you log it. */
    public Optional<JsonNode> internal() {
        return Optional.ofNullable(internal);
    }

    /** What is or would be inconsistent, if that is the reason; else empty. Not modifiable. */
    public List<InconsistentObject> inconsistentObjects() {
        return inconsistentObjects(internal);
    }
}
