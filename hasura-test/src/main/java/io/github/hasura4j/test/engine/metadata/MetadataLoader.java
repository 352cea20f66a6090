package io.github.hasura4j.test.engine.metadata;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.client.project.SourceMetadata;
import io.github.hasura4j.test.engine.Background;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineSettings;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.action.ActionCaller;
import io.github.hasura4j.test.engine.action.ActionWebhook;
import io.github.hasura4j.test.engine.action.TableJoins;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.event.EventTriggers;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.remote.RemoteSchemas;
import io.github.hasura4j.test.engine.rest.AllowList;
import io.github.hasura4j.test.engine.rest.QueryCollections;
import io.github.hasura4j.test.engine.rest.RestEndpoints;
import io.github.hasura4j.test.engine.schema.ActionRelationships;
import io.github.hasura4j.test.engine.schema.InheritedRoles;
import io.github.hasura4j.test.engine.schema.SchemaFactory;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import io.github.hasura4j.test.engine.sql.TableFields;
import io.github.hasura4j.test.engine.transform.Transforms;
import io.github.hasura4j.test.engine.validation.InputValidation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes an engine of metadata: first only looks, so that metadata can be refused, then uses what it has seen. The engine in use
 * is replaced whole: a request runs from beginning to end by the metadata it began with.
 */
public final class MetadataLoader {

    private static final List<String> NOT_READ = List.of("api_limits", "network", "metrics_config", "backend_configs");

    private final PostgresServer postgres;
    private final Environment environment;
    private final EngineSettings settings;
    private final Webhooks webhooks;
    private final EventTriggers triggers;
    private final Background background;
    private volatile @Nullable LoadedMetadata current;
    private volatile Runnable whenChanged = () -> {};

    public MetadataLoader(
            PostgresServer postgres,
            Environment environment,
            EngineSettings settings,
            Webhooks webhooks,
            EventTriggers triggers,
            Background background) {
        this.postgres = postgres;
        this.environment = environment;
        this.settings = settings;
        this.webhooks = webhooks;
        this.triggers = triggers;
        this.background = background;
    }

    /**
     * What is in use.
     *
     * @throws IllegalStateException before anything is
     */
    public LoadedMetadata current() {
        LoadedMetadata loaded = current;
        if (loaded == null) {
            throw new IllegalStateException("No metadata have been loaded yet");
        }
        return loaded;
    }

    /** The name of the one source that this engine has. */
    public static String sourceOf(JsonNode document) {
        for (JsonNode source : document.path("sources")) {
            if (isPostgres(source.path("kind").asString("postgres"))) {
                return source.path("name").asString("default");
            }
        }
        return "default";
    }

    /**
     * Looks at metadata without using them.
     *
     * @param document the metadata; must not be changed afterwards
     * @param introspect whether remote schemas are asked for their types although nothing changed
     */
    public LoadedMetadata prepare(ObjectNode document, boolean introspect) throws SQLException {
        Metadata metadata = Metadata.from(document);
        Problems problems = new Problems();
        settings.nameUnsupported(problems);
        nameUnsupported(document, problems);
        nameTelemetry(document.path("opentelemetry"), problems);
        InheritedRoles roles = InheritedRoles.of(document, problems);
        TrackedTables tables;
        try (Connection connection = postgres.connection()) {
            tables = TrackedTables.build(source(metadata, problems), roles, connection, problems);
        }
        EventTriggers.Plan plan = triggers.plan(tables, problems);
        Set<String> unusable = unusableActions(metadata, problems);
        RemoteSchemas remotes = new RemoteSchemas(
                metadata.remoteSchemas(), settings.remoteSchemaPermissions(), webhooks, environment, problems);
        LoadedMetadata before = current;
        ActionRelationships relationships = ActionRelationships.of(document.path("custom_types"), tables, problems);
        remotes.load(introspect || before == null ? null : before.remotes());
        SchemaFactory schemas =
                new SchemaFactory(metadata, tables, relationships, remotes::typesOf, unusable, problems);
        background.schedules().report(metadata.cronTriggers(), problems);
        QueryCollections collections = QueryCollections.of(document);
        RestEndpoints rest = RestEndpoints.of(document, collections, problems);
        collections.report(schemas.admin(), rest, problems);
        ActionWebhook actions = new ActionWebhook(webhooks, environment, metadata.customTypes());
        TableFields tableFields = new TableFields(tables, settings.stringifyNumbers());
        GraphQlEngine engine = new GraphQlEngine(
                postgres,
                tableFields,
                new ActionCaller(
                        actions, background.asyncActions(), new TableJoins(relationships, postgres, tableFields)),
                new InputValidation(tables, webhooks, environment, problems),
                remotes,
                settings.allowList() ? AllowList.of(document, collections) : AllowList.everything(),
                schemas,
                texts(document.path("graphql_schema_introspection").path("disabled_for_roles")));
        return new LoadedMetadata(document, metadata, problems, engine, rest, remotes, plan, actions);
    }

    /** Uses metadata from the next request on. */
    public void use(LoadedMetadata loaded) throws SQLException {
        triggers.install(loaded.triggers(), postgres);
        background.use(loaded.metadata(), loaded.actions());
        webhooks.traces().use(loaded.document().path("opentelemetry"));
        current = loaded;
        whenChanged.run();
    }

    /** Has something done after each change of what is in use. */
    public void whenChanged(Runnable what) {
        whenChanged = what;
    }

    /** The tracked tables of metadata as a connection sees them, before it commits perhaps. */
    Problems problemsSeenBy(Connection connection, LoadedMetadata loaded) throws SQLException {
        Problems problems = new Problems();
        InheritedRoles roles = InheritedRoles.of(loaded.document(), problems);
        TrackedTables tables =
                TrackedTables.build(source(loaded.metadata(), new Problems()), roles, connection, problems);
        triggers.plan(tables, problems);
        return problems;
    }

    private static boolean isPostgres(String kind) {
        return kind.equals("postgres") || kind.equals("pg");
    }

    private static SourceMetadata source(Metadata metadata, Problems problems) {
        SourceMetadata chosen = null;
        for (SourceMetadata source : metadata.sources()) {
            if (chosen == null && isPostgres(source.kind())) {
                chosen = source;
            } else {
                problems.unsupported(
                        "source '" + source.name() + "' (" + source.kind() + "): one Postgres database is what it has");
            }
        }
        return chosen != null
                ? chosen
                : new SourceMetadata("default", "postgres", List.of(), List.of(), List.of(), List.of(), null);
    }

    /** The names of the actions whose URL or headers need a variable that is not set. */
    private Set<String> unusableActions(Metadata metadata, Problems problems) {
        Set<String> unusable = new HashSet<>();
        metadata.actions().forEach(action -> {
            Transforms.report(
                    "action '" + action.name() + "'", action.requestTransform(), action.responseTransform(), problems);
            try {
                if (action.handler() != null) {
                    environment.resolve(action.handler());
                }
                action.headers().forEach(environment::header);
            } catch (IllegalArgumentException e) {
                problems.inconsistent("action", action.name(), "Inconsistent object: " + e.getMessage());
                unusable.add(action.name());
            }
        });
        return unusable;
    }

    private static void nameUnsupported(JsonNode document, Problems problems) {
        for (String section : NOT_READ) {
            if (!document.path(section).isEmpty()) {
                problems.unsupported("the metadata's " + section);
            }
        }
    }

    private static void nameTelemetry(JsonNode openTelemetry, Problems problems) {
        if (openTelemetry.path("status").asString("").equals("enabled")
                && !openTelemetry.path("data_types").isEmpty()) {
            problems.unsupported("the export that the metadata's opentelemetry asks for");
        }
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asString("")));
        return texts;
    }

    /** An error of the database itself, in the engine's words. */
    static EngineException unexpected(SQLException e) {
        return EngineException.unexpected("database query error")
                .withInternal(tools.jackson.databind.node.JsonNodeFactory.instance.stringNode(
                        String.valueOf(e.getMessage())));
    }
}
