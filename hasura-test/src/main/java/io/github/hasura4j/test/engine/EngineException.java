package io.github.hasura4j.test.engine;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An error in the engine's own words: code, path and message as its clients see them ({@code graphql-api.md} C.4). */
public final class EngineException extends RuntimeException {

    private final String code;
    private final String path;
    private final int status;
    private final @Nullable JsonNode extensions;
    private final @Nullable JsonNode internal;

    private EngineException(
            String code,
            String path,
            int status,
            String message,
            @Nullable JsonNode extensions,
            @Nullable JsonNode internal,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.path = path;
        this.status = status;
        this.extensions = extensions;
        this.internal = internal;
    }

    /** A client's mistake, 400 where statuses show. */
    public static EngineException of(String code, String path, String message) {
        return new EngineException(code, path, 400, message, null, null, null);
    }

    /** A request that does not fit the schema. */
    public static EngineException validation(String path, String message) {
        return of("validation-failed", path, message);
    }

    /** Something of the real engine that this one does not do. */
    public static EngineException notSupported(String path, String what) {
        return of("not-supported", path, what + ": the local engine does not support it");
    }

    /** The engine's or a webhook's failure, 500 where statuses show. */
    public static EngineException unexpected(String message) {
        return new EngineException("unexpected", "$", 500, message, null, null, null);
    }

    /** A request whose sender is not known. */
    public static EngineException denied(String code, String message) {
        return new EngineException(code, "$", 401, message, null, null, null);
    }

    /** Something that is not there, 404 where statuses show. */
    public static EngineException notFound(String message) {
        return new EngineException("not-found", "$", 404, message, null, null, null);
    }

    /** A method that does not fit, 405 where statuses show. */
    public static EngineException methodNotAllowed(String message) {
        return new EngineException("method-not-allowed", "$", 405, message, null, null, null);
    }

    /** A change of metadata that somebody else has changed meanwhile. */
    public static EngineException conflict(String message) {
        return new EngineException("conflict", "$", 409, message, null, null, null);
    }

    /** The error as all but GraphQL requests show it ({@code metadata.md} B.1), with the details that only admins see. */
    public ObjectNode metadataBody() {
        return metadataBody(true);
    }

    /** The error as all but GraphQL requests show it, with the details or without. */
    public ObjectNode metadataBody(boolean withInternal) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("code", code).put("error", getMessage()).put("path", path);
        if (withInternal && internal != null) {
            body.set("internal", internal);
        }
        return body;
    }

    /** The same error with the details that only admins see. */
    public EngineException withInternal(JsonNode details) {
        return new EngineException(code, path, status, String.valueOf(getMessage()), extensions, details, this);
    }

    /** The same error with another status, where statuses show. */
    public EngineException withStatus(int other) {
        return new EngineException(code, path, other, String.valueOf(getMessage()), extensions, internal, this);
    }

    /** The same error at another place of the request. */
    public EngineException at(String otherPath) {
        return new EngineException(code, otherPath, status, String.valueOf(getMessage()), extensions, internal, this);
    }

    /** The same error whose extensions are replaced whole, as an action handler may ask for. */
    public EngineException withExtensions(JsonNode replacement) {
        return new EngineException(code, path, status, String.valueOf(getMessage()), replacement, internal, this);
    }

    public String code() {
        return code;
    }

    public String path() {
        return path;
    }

    public int status() {
        return status;
    }

    public @Nullable JsonNode extensions() {
        return extensions;
    }

    public @Nullable JsonNode internal() {
        return internal;
    }
}
