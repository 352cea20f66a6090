package io.github.hasura4j.test.engine.sql;

import java.sql.SQLException;

import io.github.hasura4j.test.engine.EngineException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Postgres' errors in the engine's words ({@code graphql-api.md} C.4). */
public final class PostgresErrors {

    private PostgresErrors() {}

    /**
     * The engine's error for one of Postgres.
     *
     * @param path where in the request the failing statement comes from
     */
    public static EngineException translate(SQLException error, String path) {
        String state = error.getSQLState() == null ? "" : error.getSQLState();
        String message = message(error);
        return switch (state) {
            case "23505" -> EngineException.of("constraint-violation", path, "Uniqueness violation. " + message);
            case "23502" -> EngineException.of("constraint-violation", path, "Not-NULL violation. " + message);
            case "23503" -> EngineException.of("constraint-violation", path, "Foreign key violation. " + message);
            case "23P01" -> EngineException.of("constraint-violation", path, "Exclusion violation. " + message);
            case "23001" ->
                EngineException.of(
                        "constraint-violation",
                        path,
                        "Can not delete or update due to data being referred. " + message);
            case "23514" -> EngineException.of("permission-error", path, "Check constraint violation. " + message);
            case "42P10" -> EngineException.of("constraint-error", path, message);
            case "40001" ->
                EngineException.of("concurrent-update", path, "serialization failure due to concurrent update");
            case "22025" -> EngineException.of("bad-request", "$", message);
            default ->
                state.startsWith("22")
                        ? EngineException.of("data-exception", path, message)
                        : EngineException.unexpected("database query error").withInternal(details(state, message));
        };
    }

    private static String message(SQLException error) {
        if (error instanceof PSQLException postgres) {
            ServerErrorMessage server = postgres.getServerErrorMessage();
            if (server != null && server.getMessage() != null) {
                return server.getMessage();
            }
        }
        return String.valueOf(error.getMessage());
    }

    private static ObjectNode details(String state, String message) {
        ObjectNode internal = JsonNodeFactory.instance.objectNode();
        internal.putObject("error")
                .put("exec_status", "FatalError")
                .put("message", message)
                .put("status_code", state);
        return internal;
    }
}
