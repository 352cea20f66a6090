package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.Background;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/metadata}, {@code /v2/query} and {@code /v1/query}, for admin only ({@code metadata.md} B). One request at a time;
 * what it changes, GraphQL requests see from the next one on.
 */
public final class MetadataApi {

    private static final Set<String> PREFIXES = Set.of("pg", "postgres");

    private static final Set<String> OTHER_PREFIXES =
            Set.of("mssql", "bigquery", "citus", "cockroach", "dataconnector", "snowflake");

    private final MetadataLoader loader;
    private final SqlRunner sql;
    private final EventQueries events;
    private final ScheduleQueries schedules;
    private final Map<String, Edit> globalEdits = new LinkedHashMap<>();
    private final Map<String, Edit> sourceEdits = new LinkedHashMap<>();
    private final Map<String, Edit> atomicEdits = new LinkedHashMap<>();
    private final ObjectNode catalogState = JsonNodeFactory.instance.objectNode();
    private long resourceVersion = 1;

    public MetadataApi(MetadataLoader loader, PostgresServer postgres, Background background) {
        this.loader = loader;
        this.sql = new SqlRunner(postgres, loader);
        this.events = new EventQueries(postgres, background.events());
        this.schedules = new ScheduleQueries(postgres, background.schedules());
        globalEdits.putAll(ActionEdits.all());
        globalEdits.putAll(GlobalEdits.all());
        sourceEdits.putAll(TableEdits.all());
        sourceEdits.putAll(TablePartEdits.all());
        sourceEdits.putAll(SourcePartEdits.functions());
        sourceEdits.putAll(SourcePartEdits.queries());
        sourceEdits.putAll(EventTriggerEdits.all());
        atomicEdits.putAll(TablePartEdits.relationships());
        atomicEdits.putAll(SourcePartEdits.queries());
        catalogState.put("id", UUID.randomUUID().toString()).putObject("cli_state");
        catalogState.putObject("console_state");
    }

    /**
     * Runs a request to {@code /v1/metadata}.
     *
     * @throws EngineException in the engine's words
     */
    public synchronized JsonNode metadata(JsonNode request, Session session) {
        requireAdmin(session);
        return inTransaction(request, transaction -> run(request, session, transaction));
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
            return success();
        });
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
        MetadataTransaction transaction = new MetadataTransaction(loader);
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

    // -- /v1/metadata -----------------------------------------------------------------------------------------------

    private JsonNode run(JsonNode request, Session session, MetadataTransaction transaction) throws SQLException {
        String type = type(request);
        JsonNode args = request.path("args");
        boolean second = request.path("version").asInt(1) == 2;
        JsonNode answer = second ? null : bulk(type, args, session, transaction);
        if (answer == null) {
            answer = whole(type, second, args, transaction);
        }
        if (answer == null && !second) {
            answer = single(type, args, session, transaction);
        }
        if (answer == null) {
            throw unknown(type);
        }
        return answer;
    }

    private static String type(JsonNode request) {
        if (!request.path("type").isString()) {
            throw EngineException.of("parse-failed", "$", "key \"type\" not found");
        }
        return request.path("type").stringValue();
    }

    private @Nullable JsonNode bulk(String type, JsonNode args, Session session, MetadataTransaction transaction)
            throws SQLException {
        switch (type) {
            case "bulk", "bulk_keep_going" -> {
                boolean keepGoing = type.equals("bulk_keep_going");
                ArrayNode answers = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < args.size(); i++) {
                    LoadedMetadata earlier = transaction.state();
                    try {
                        answers.add(run(args.get(i), session, transaction));
                    } catch (EngineException e) {
                        if (!keepGoing) {
                            throw inside(e, i);
                        }
                        transaction.backTo(earlier);
                        answers.add(e.metadataBody());
                    }
                }
                return answers;
            }
            case "bulk_atomic" -> {
                atomic(args, transaction);
                return success();
            }
            default -> {
                return null;
            }
        }
    }

    private static EngineException inside(EngineException e, int index) {
        return e.at("$.args[" + index + "]" + e.path().substring(1));
    }

    private void atomic(JsonNode commands, MetadataTransaction transaction) throws SQLException {
        MetadataDocument copy = transaction.copy();
        for (int i = 0; i < commands.size(); i++) {
            String type = type(commands.get(i));
            CommandArgs args = ofSource(type, commands.get(i).path("args"));
            Edit edit = args == null ? null : atomicEdits.get(args.command());
            if (args == null || edit == null) {
                throw EngineException.unexpected("Bulk atomic does not support this command")
                        .at("$.args[" + i + "]");
            }
            try {
                edit.apply(copy, args);
            } catch (EngineException e) {
                throw inside(e, i);
            }
        }
        LoadedMetadata before = transaction.state();
        transaction.take(copy.root(), false);
        List<InconsistentObject> added =
                Inconsistencies.added(before.problems(), transaction.state().problems());
        if (!added.isEmpty()) {
            transaction.backTo(before);
            throw EngineException.of("bad-request", "$", "Schema inconsistency")
                    .withInternal(Inconsistencies.json(added, copy.root()));
        }
    }

    /** Commands on the metadata as a whole; null if it is none of these. */
    private @Nullable JsonNode whole(String type, boolean second, JsonNode args, MetadataTransaction transaction)
            throws SQLException {
        LoadedMetadata state = transaction.state();
        switch (type) {
            case "export_metadata" -> {
                ObjectNode exported = MetadataExport.of(state.document());
                return second
                        ? answer().put("resource_version", resourceVersion).set("metadata", exported)
                        : exported;
            }
            case "replace_metadata" -> {
                return replace(args, transaction);
            }
            case "clear_metadata" -> {
                ObjectNode cleared = JsonNodeFactory.instance.objectNode();
                state.document().path("sources").forEach(source -> {
                    ObjectNode kept = cleared.withArray("sources").addObject();
                    kept.set("name", source.path("name"));
                    kept.set("kind", source.path("kind"));
                    kept.putArray("tables");
                    kept.set("configuration", source.path("configuration"));
                });
                transaction.take(cleared, false);
                return success();
            }
            case "reload_metadata" -> {
                JsonNode remotes = args.path("reload_remote_schemas");
                boolean introspect = remotes.isMissingNode() || remotes.asBoolean(false) || !remotes.isEmpty();
                transaction.take(transaction.copy().root(), introspect);
                return answer().put("message", "success").setAll(consistency(transaction.state()));
            }
            case "get_inconsistent_metadata" -> {
                return consistency(state);
            }
            case "drop_inconsistent_metadata" -> {
                MetadataDocument copy = transaction.copy();
                Inconsistencies.drop(Inconsistencies.of(state.problems()), copy);
                transaction.take(copy.root(), false);
                return success();
            }
            case "get_catalog_state" -> {
                return catalogState.deepCopy();
            }
            case "set_catalog_state" -> {
                catalogState.set(args.path("type").asString("cli") + "_state", args.path("state"));
                return success();
            }
            default -> {
                return null;
            }
        }
    }

    private static JsonNode replace(JsonNode args, MetadataTransaction transaction) throws SQLException {
        boolean wrapped = args.has("metadata");
        if (!((wrapped ? args.path("metadata") : args) instanceof ObjectNode given)) {
            throw EngineException.of("parse-failed", "$.args", "parsing Object failed, expected Object");
        }
        ObjectNode document = given.deepCopy();
        withSources(document, transaction.state().document());
        keepCronTriggersOfOthers(document, transaction.state().document());
        LoadedMetadata before = transaction.state();
        transaction.take(document, false);
        List<InconsistentObject> inconsistent =
                Inconsistencies.of(transaction.state().problems());
        if (!inconsistent.isEmpty() && !args.path("allow_inconsistent_metadata").asBoolean(false)) {
            transaction.backTo(before);
            throw EngineException.of("unexpected", "$.args", "cannot continue due to inconsistent metadata")
                    .withInternal(Inconsistencies.json(inconsistent, document));
        }
        return wrapped ? consistency(transaction.state()) : success();
    }

    /** A document of the second version has no sources: its tables are those of the one that is there. */
    private static void withSources(ObjectNode document, ObjectNode before) {
        if (document.has("sources") || !document.has("tables")) {
            return;
        }
        ObjectNode source = document.putArray("sources").addObject();
        source.put("name", MetadataLoader.sourceOf(before)).put("kind", "postgres");
        source.set("tables", document.remove("tables"));
        if (document.has("functions")) {
            source.set("functions", document.remove("functions"));
        }
    }

    private static void keepCronTriggersOfOthers(ObjectNode document, ObjectNode before) {
        ArrayNode triggers = MetadataDocument.list(document, "cron_triggers");
        before.path("cron_triggers").forEach(trigger -> {
            String name = trigger.path("name").asString("");
            if (!trigger.path("include_in_metadata").asBoolean(true)
                    && MetadataDocument.by(triggers, "name", name) == null) {
                triggers.add(trigger.deepCopy());
            }
        });
    }

    private static ObjectNode consistency(LoadedMetadata state) {
        List<InconsistentObject> inconsistent = Inconsistencies.of(state.problems());
        ObjectNode answer = answer().put("is_consistent", inconsistent.isEmpty());
        answer.set("inconsistent_objects", Inconsistencies.json(inconsistent, state.document()));
        return answer;
    }

    /** Commands on one thing; null if it is none of these. */
    private @Nullable JsonNode single(String type, JsonNode json, Session session, MetadataTransaction transaction)
            throws SQLException {
        CommandArgs global = new CommandArgs(type, false, json);
        Edit edit = globalEdits.get(type);
        if (edit != null) {
            transaction.make(edit, global);
            return success();
        }
        if (type.equals("reload_remote_schema")) {
            GlobalEdits.remote(transaction.copy(), global);
            transaction.take(transaction.copy().root(), true);
            return success();
        }
        JsonNode scheduled = schedules.run(global, transaction.copy());
        if (scheduled != null) {
            return scheduled;
        }
        CommandArgs args = ofSource(type, json);
        if (args == null) {
            return null;
        }
        Edit sourceEdit = sourceEdits.get(args.command());
        if (sourceEdit != null) {
            transaction.make(sourceEdit, args);
            return success();
        }
        return events.run(args, transaction.copy(), session);
    }

    /** The arguments of a command with the prefix of a Postgres source; null if it has none. */
    private static @Nullable CommandArgs ofSource(String type, JsonNode args) {
        int end = type.indexOf('_');
        return end > 0 && PREFIXES.contains(type.substring(0, end))
                ? new CommandArgs(type.substring(end + 1), true, args)
                : null;
    }

    private static EngineException unknown(String type) {
        int end = type.indexOf('_');
        String prefix = end < 0 ? type : type.substring(0, end);
        if (RealCommands.has(type) || OTHER_PREFIXES.contains(prefix)) {
            return EngineException.notSupported("$", "the command '" + type + "'");
        }
        return EngineException.of(
                "parse-failed",
                "$",
                "unknown metadata command \"" + type + "\"; \"" + prefix
                        + "\" was not recognized as a valid backend name");
    }

    // -- /v2/query --------------------------------------------------------------------------------------------------

    private JsonNode runQuery(JsonNode request, MetadataTransaction transaction) throws SQLException {
        String type = type(request);
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
                        throw inside(e, i);
                    }
                }
                return answers;
            }
            default -> throw EngineException.notSupported("$", "the command '" + type + "'");
        }
    }

    private static ObjectNode answer() {
        return EngineJson.mapper().createObjectNode();
    }

    private static ObjectNode success() {
        return answer().put("message", "success");
    }
}
