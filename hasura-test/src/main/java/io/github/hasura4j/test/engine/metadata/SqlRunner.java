package io.github.hasura4j.test.engine.metadata;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code run_sql}: SQL in a transaction, held against the metadata if it may change what they need ({@code metadata.md} B.4). */
final class SqlRunner {

    private static final Pattern CHANGES_SCHEMA =
            Pattern.compile("\\b(alter|drop|replace|create\\s+function|comment\\s+on)\\b", Pattern.CASE_INSENSITIVE);

    private final PostgresServer postgres;
    private final MetadataLoader loader;

    SqlRunner(PostgresServer postgres, MetadataLoader loader) {
        this.postgres = postgres;
        this.loader = loader;
    }

    /**
     * What came of it.
     *
     * @param answer the last statement's result
     * @param checked whether the metadata were held against it, so that they have to be loaded anew
     * @param dropped what of the metadata no longer fits and is to be dropped, as {@code cascade} has it
     */
    record Result(JsonNode answer, boolean checked, List<InconsistentObject> dropped) {}

    Result run(CommandArgs args, LoadedMetadata loaded) throws SQLException {
        String sql = args.text("sql");
        requireSource(args, loaded);
        boolean check = args.json().path("check_metadata_consistency").isBoolean()
                ? args.flag("check_metadata_consistency")
                : CHANGES_SCHEMA.matcher(sql).find();
        try (Connection connection = postgres.dedicated()) {
            boolean transaction = !args.flag("no_transaction");
            connection.setReadOnly(args.flag("read_only"));
            connection.setAutoCommit(!transaction);
            JsonNode answer = execute(connection, sql);
            if (!transaction) {
                return new Result(answer, check, List.of());
            }
            List<InconsistentObject> lost = List.of();
            if (check && !args.flag("read_only")) {
                lost = Inconsistencies.added(loaded.problems(), loader.problemsSeenBy(connection, loaded));
                if (!lost.isEmpty() && !args.flag("cascade")) {
                    connection.rollback();
                    throw Dependents.refusal(lost.stream()
                            .map(object -> object.type() + " " + object.name())
                            .toList());
                }
            }
            connection.commit();
            return new Result(answer, check, lost);
        }
    }

    private static void requireSource(CommandArgs args, LoadedMetadata loaded) {
        String wanted = args.textOr("source", "default");
        if (!wanted.equals(MetadataLoader.sourceOf(loaded.document()))) {
            throw EngineException.of(
                    "not-exists", "$.args.source", "source with name \"" + wanted + "\" does not exist");
        }
    }

    private static JsonNode execute(Connection connection, String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            boolean rows = statement.execute(sql);
            JsonNode answer = answer(statement, rows);
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                ResultSet result = statement.getResultSet();
                answer = answer(statement, result != null);
            }
            return answer;
        } catch (SQLException e) {
            throw failure(sql, e);
        }
    }

    private static JsonNode answer(Statement statement, boolean rows) throws SQLException {
        ObjectNode answer = EngineJson.mapper().createObjectNode();
        if (!rows) {
            answer.put("result_type", "CommandOk").putNull("result");
            return answer;
        }
        ArrayNode table = answer.put("result_type", "TuplesOk").putArray("result");
        try (ResultSet result = statement.getResultSet()) {
            int columns = result.getMetaData().getColumnCount();
            ArrayNode names = table.addArray();
            for (int i = 1; i <= columns; i++) {
                names.add(result.getMetaData().getColumnLabel(i));
            }
            while (result.next()) {
                ArrayNode row = table.addArray();
                for (int i = 1; i <= columns; i++) {
                    String cell = result.getString(i);
                    row.add(cell == null ? "NULL" : cell);
                }
            }
        }
        return answer;
    }

    private static EngineException failure(String sql, SQLException e) {
        ServerErrorMessage server = e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
        ObjectNode internal = JsonNodeFactory.instance.objectNode();
        internal.put("statement", sql).put("prepared", false).putArray("arguments");
        ObjectNode error = internal.putObject("error").put("exec_status", "FatalError");
        error.put("message", server == null ? e.getMessage() : server.getMessage())
                .put("status_code", e.getSQLState())
                .put("description", server == null ? null : server.getDetail())
                .put("hint", server == null ? null : server.getHint());
        return EngineException.of("postgres-error", "$.args", "query execution failed")
                .withInternal(internal);
    }
}
