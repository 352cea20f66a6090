package io.github.hasura4j.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.HasuraConstraintViolationException.Kind;
import org.jspecify.annotations.Nullable;

/** Sorts the engine's codes by what a caller does about them. */
enum ErrorMeaning {
    AUTHENTICATION(
            HasuraAuthenticationException::new,
            "access-denied",
            "invalid-headers",
            "invalid-jwt",
            "jwt-invalid-claims",
            "jwt-missing-role-claims"),
    PERMISSION(HasuraPermissionException::new, "permission-denied", "permission-error"),
    CONSTRAINT(HasuraConstraintViolationException::new, "constraint-violation"),
    INVALID_OPERATION(
            HasuraInvalidOperationException::new,
            "already-exists",
            "bad-request",
            "conflict",
            "constraint-error",
            "invalid-json",
            "invalid-params",
            "method-not-allowed",
            "not-exists",
            "not-found",
            "not-supported",
            "parse-failed",
            "unexpected-payload",
            "validation-failed"),
    DATA(HasuraDataException::new, "coercion-error", "data-exception"),
    LIMIT(HasuraLimitException::new),
    ENGINE(
            HasuraEngineException::new,
            "bigquery-error",
            "busy",
            "concurrent-update",
            "connection-not-established",
            "cyclic-dependency",
            "data-connector-error",
            "dependency-error",
            "invalid-configuration",
            "mssql-error",
            "postgres-error",
            "postgres-max-connections-error",
            "remote-schema-conflicts",
            "remote-schema-error",
            "start-failed",
            "template-resolution-failed",
            "timeout",
            "unexpected"),
    ACTION(HasuraActionException::new),
    UNKNOWN(HasuraGraphQlException::new);

    private static final Map<String, ErrorMeaning> BY_CODE = new HashMap<>();

    static {
        for (ErrorMeaning each : values()) {
            each.codes.forEach(code -> BY_CODE.put(code, each));
        }
    }

    private final Making making;
    private final List<String> codes;

    ErrorMeaning(Making making, String... codes) {
        this.making = making;
        this.codes = List.of(codes);
    }

    /** @param relayed whether a remote schema's errors were passed on as they are: only then there is {@code data} beside them */
    static ErrorMeaning of(GraphQlError error, boolean relayed) {
        ErrorMeaning otherwise = relayed ? UNKNOWN : ACTION;
        String code = error.code();
        if (code == null) {
            // The engine itself always says where; an action's extensions take the place of its own.
            return error.path() == null && !error.extensions().isEmpty() ? otherwise : UNKNOWN;
        }
        if (code.equals("permission-error") && Kind.of(error.message()) == Kind.CHECK) {
            return CONSTRAINT; // The engine does not tell a table's CHECK from a permission's by the code.
        }
        if (code.endsWith("limit-exceeded")) {
            return LIMIT;
        }
        return BY_CODE.getOrDefault(code, otherwise);
    }

    HasuraGraphQlException exception(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer) {
        return making.make(request, errors, answer);
    }

    private interface Making {
        HasuraGraphQlException make(GraphQlRequest request, List<GraphQlError> errors, @Nullable Answer answer);
    }
}
