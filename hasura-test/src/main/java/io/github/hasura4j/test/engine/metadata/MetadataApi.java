package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;

import io.github.hasura4j.test.engine.Background;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineSettings;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/metadata}, {@code /v2/query} and {@code /v1/query}, for admin only ({@code metadata.md} B). One request at a time;
 * what it changes, GraphQL requests see from the next one on.
 */
public final class MetadataApi {

    private final MetadataLoader loader;
    private final SqlRunner sql;
    private final MetadataCommands commands;
    private long resourceVersion = 1;

    public MetadataApi(MetadataLoader loader, PostgresServer postgres, Background background, EngineSettings settings) {
        this.loader = loader;
        this.sql = new SqlRunner(postgres, loader);
        this.commands = new MetadataCommands(postgres, background, settings);
    }

    /**
     * Runs a request to {@code /v1/metadata}.
     *
     * @throws EngineException in the engine's words
     */
    public synchronized JsonNode metadata(JsonNode request, Session session) {
        requireAdmin(session);
        return inTransaction(request, transaction -> commands.run(request, session, transaction));
    }

    /** Runs a request to {@code /v2/query} or {@code /v1/query}. */
    public synchronized JsonNode query(JsonNode request, Session session) {
        requireAdmin(session);
        return inTransaction(request, transaction -> {
            try {
                return runQuery(request, transaction);
            } catch (EngineException e) {
                // Each run_sql has committed what it did, so that the metadata have to follow what went before.
                if (transaction.changed()) {
                    transaction.use();
                }
                throw e;
            }
        });
    }

    /** Introspects all remote schemas again, and whatever else may have changed outside. */
    public synchronized void reload() {
        inTransaction(JsonNodeFactory.instance.objectNode(), transaction -> {
            transaction.take(transaction.copy().root(), true);
            return Answers.success();
        });
    }

    /** Goes back to these metadata, if others are in use. */
    public synchronized void restore(ObjectNode document) {
        if (!loader.current().document().equals(document)) {
            inTransaction(JsonNodeFactory.instance.objectNode(), transaction -> {
                transaction.take(document, false);
                return Answers.success();
            });
        }
    }

    private static void requireAdmin(Session session) {
        if (!session.admin()) {
            throw EngineException.of("access-denied", "$.args", "restricted access : admin only");
        }
    }

    private interface Work {
        JsonNode in(MetadataTransaction transaction) throws SQLException;
    }

    private JsonNode inTransaction(JsonNode request, Work work) {
        JsonNode meant = request.path("resource_version");
        if (meant.isNumber() && meant.longValue() != resourceVersion) {
            throw EngineException.conflict(
                    "metadata resource version referenced (" + meant.longValue() + ") did not match current version");
        }
        MetadataTransaction transaction = new MetadataTransaction(loader, resourceVersion);
        try {
            JsonNode answer = work.in(transaction);
            if (transaction.changed()) {
                transaction.use();
                resourceVersion++;
            }
            return answer;
        } catch (SQLException e) {
            throw MetadataLoader.unexpected(e);
        }
    }

    private JsonNode runQuery(JsonNode request, MetadataTransaction transaction) throws SQLException {
        String type = MetadataCommands.type(request);
        JsonNode args = request.path("args");
        switch (type) {
            case "run_sql", "pg_run_sql", "postgres_run_sql" -> {
                SqlRunner.Result result = sql.run(new CommandArgs("run_sql", false, args), transaction.state());
                if (result.checked()) {
                    MetadataDocument copy = transaction.copy();
                    Inconsistencies.drop(result.dropped(), copy);
                    transaction.take(copy.root(), false);
                }
                return result.answer();
            }
            case "bulk", "concurrent_bulk" -> {
                ArrayNode answers = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < args.size(); i++) {
                    try {
                        answers.add(runQuery(args.get(i), transaction));
                    } catch (EngineException e) {
                        throw MetadataCommands.inside(e, i);
                    }
                }
                return answers;
            }
            default -> throw EngineException.notSupported("$", "the command '" + type + "'");
        }
    }
}
