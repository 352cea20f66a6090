package io.github.hasura4j.test.engine.metadata;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.engine.Background;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineSettings;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The commands of {@code /v1/metadata}, one by one or several. */
final class MetadataCommands {

    private static final Set<String> PREFIXES = Set.of("pg", "postgres");

    private static final Set<String> OTHER_PREFIXES =
            Set.of("mssql", "bigquery", "citus", "cockroach", "dataconnector", "snowflake");

    private final DocumentCommands documents = new DocumentCommands();
    private final EventQueries events;
    private final ScheduleQueries schedules;
    private final Map<String, Edit> globalEdits = new LinkedHashMap<>();
    private final Map<String, Edit> sourceEdits = new LinkedHashMap<>();
    private final Map<String, Edit> atomicEdits = new LinkedHashMap<>();

    MetadataCommands(PostgresServer postgres, Background background, EngineSettings settings) {
        this.events = new EventQueries(postgres, background.events());
        this.schedules = new ScheduleQueries(postgres, background.schedules());
        globalEdits.putAll(ActionEdits.all());
        globalEdits.putAll(GlobalEdits.all());
        globalEdits.putAll(CollectionEdits.all());
        globalEdits.putAll(RemoteSchemaEdits.all(settings.remoteSchemaPermissions()));
        sourceEdits.putAll(TableEdits.all());
        sourceEdits.putAll(TablePartEdits.all());
        sourceEdits.putAll(SourcePartEdits.functions());
        sourceEdits.putAll(SourcePartEdits.queries());
        sourceEdits.putAll(EventTriggerEdits.all());
        atomicEdits.putAll(TablePartEdits.relationships());
        atomicEdits.putAll(SourcePartEdits.queries());
    }

    /** Runs a request's command. */
    JsonNode run(JsonNode request, Session session, MetadataTransaction transaction) throws SQLException {
        String type = type(request);
        JsonNode args = request.path("args");
        boolean second = request.path("version").asInt(1) == 2;
        JsonNode answer = second ? null : bulk(type, args, session, transaction);
        if (answer == null) {
            answer = documents.run(type, second, args, transaction);
        }
        if (answer == null && !second) {
            answer = single(type, args, session, transaction);
        }
        if (answer == null) {
            throw unknown(type);
        }
        return answer;
    }

    static String type(JsonNode request) {
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
                return Answers.success();
            }
            default -> {
                return null;
            }
        }
    }

    /** An error of a command among several. */
    static EngineException inside(EngineException e, int index) {
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

    /** Commands on one thing; null if it is none of these. */
    private @Nullable JsonNode single(String type, JsonNode json, Session session, MetadataTransaction transaction)
            throws SQLException {
        CommandArgs global = new CommandArgs(type, false, json);
        Edit edit = globalEdits.get(type);
        if (edit != null) {
            transaction.make(edit, global);
            return Answers.success();
        }
        if (type.equals("reload_remote_schema")) {
            RemoteSchemaEdits.schema(transaction.copy(), global, "name");
            transaction.take(transaction.copy().root(), true);
            return Answers.success();
        }
        if (type.equals("introspect_remote_schema")) {
            return transaction.state().remotes().introspection(global.text("name"));
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
            return Answers.success();
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
}
