package io.github.hasura4j.test;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.test.engine.Authenticator;
import io.github.hasura4j.test.engine.Background;
import io.github.hasura4j.test.engine.EngineClock;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.EngineSettings;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.action.AsyncActions;
import io.github.hasura4j.test.engine.catalog.CleanData;
import io.github.hasura4j.test.engine.catalog.Migrator;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.event.EventDelivery;
import io.github.hasura4j.test.engine.event.EventTriggers;
import io.github.hasura4j.test.engine.http.HttpFront;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.metadata.MetadataApi;
import io.github.hasura4j.test.engine.metadata.MetadataLoader;
import io.github.hasura4j.test.engine.schedule.OneOffEvent;
import io.github.hasura4j.test.engine.schedule.Schedules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * A local engine: reads an unmodified Hasura project directory, runs its migrations on an embedded Postgres, serves {@code
 * /v1/graphql} and calls handlers as Hasura GraphQL Engine v2 does.
 *
 * <p>It is for tests and for development, on the loopback address only. {@code host.docker.internal} in the project's URLs
 * means the loopback. What it cannot do answers {@code not-supported} by name and stands in {@link #unsupported()}; what is
 * wrong with the metadata stands in {@link #inconsistentObjects()}, while the rest goes on.
 *
 * <p>Safe for use by several threads. {@link #close()} stops the server, the deliveries and Postgres.
 */
public final class LocalHasura implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalHasura.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LAST_CHANCE = Duration.ofSeconds(5);

    static {
        // Read once, by the JDK's HTTP server: without it every answer waits 40 ms for the client's acknowledgement of
        // its headers.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpFront http;
    private final PostgresServer postgres;
    private final Background background;
    private final EngineClock clock;
    private final HasuraProject project;
    private final MetadataLoader loader;
    private final MetadataApi metadata;
    private final Webhooks webhooks;
    private final @Nullable CleanData cleanData;

    private LocalHasura(
            HttpFront http,
            PostgresServer postgres,
            Background background,
            EngineClock clock,
            HasuraProject project,
            MetadataLoader loader,
            MetadataApi metadata,
            Webhooks webhooks,
            @Nullable CleanData cleanData) {
        this.http = http;
        this.postgres = postgres;
        this.background = background;
        this.clock = clock;
        this.project = project;
        this.loader = loader;
        this.metadata = metadata;
        this.webhooks = webhooks;
        this.cleanData = cleanData;
    }

    /**
     * Begins to describe a local engine.
     *
     * @param project the root of the Hasura project, the folder with {@code config.yaml}
     */
    public static Builder forProject(Path project) {
        return new Builder(project);
    }

    /** The engine's base URL, such as {@code http://localhost:8080}. */
    public URI url() {
        return URI.create("http://localhost:" + http.port());
    }

    /** The port it listens on. */
    public int port() {
        return http.port();
    }

    /** The JDBC URL of the database, with user and without password. */
    public String jdbcUrl() {
        return postgres.jdbcUrl();
    }

    /** What of the metadata cannot work as it stands; empty if all is well. */
    public List<InconsistentObject> inconsistentObjects() {
        return loader.current().problems().inconsistentObjects();
    }

    /** What the project uses and this engine does not do, by name; empty if it does all. */
    public List<String> unsupported() {
        return loader.current().problems().unsupportedThings();
    }

    /**
     * Looks at all remote schemas and at the database again, as {@code reload_metadata} does: for handlers that were not up yet
     * when the engine started.
     */
    public void reloadRemoteSchemas() {
        metadata.reload();
    }

    /** What the engine takes for now: schedules, retries and the expiry of tokens go by it. */
    public Instant now() {
        return clock.instant();
    }

    /**
     * Moves the engine's clock on, so that schedules and retries become due; the next look delivers them, or {@link #awaitIdle()}
     * at once. Tokens expire by this clock too.
     *
     * @throws IllegalArgumentException if it would go back
     */
    public void advanceClock(Duration by) {
        clock.advance(by);
    }

    /**
     * Delivers what is due of events, asynchronous actions and schedules, without waiting for the next interval, and waits for the
     * answers; then sends subscribers what has changed.
     *
     * @throws LocalHasuraException if handlers do not answer within half a minute
     */
    public void deliverNow() {
        background.queues().doDue(PATIENCE);
        http.refreshSubscriptions(PATIENCE);
    }

    /**
     * Waits until nothing is due and nothing under way: events, asynchronous actions and schedules, and whatever they cause. What
     * is due later stays so: {@link #advanceClock} is how to get there. Then sends subscribers what has changed.
     *
     * @throws LocalHasuraException if that is not so within half a minute, as with a handler that causes its own event
     */
    public void awaitIdle() {
        background.queues().awaitIdle(PATIENCE);
        http.refreshSubscriptions(PATIENCE);
    }

    /**
     * Creates a one-off event, as {@code create_scheduled_event} does, without retries.
     *
     * @param webhook the handler's URL, a template like those of the metadata
     * @param at when it is due, by the engine's clock
     * @param payload what is sent; anything that Jackson can write, null for none
     * @return the event's id
     */
    public String scheduleEvent(String webhook, Instant at, @Nullable Object payload) {
        JsonNode json = payload == null ? null : EngineJson.tree(payload);
        return background.scheduleEvent(OneOffEvent.of(webhook, at, json));
    }

    /**
     * Creates a one-off event with all that {@code create_scheduled_event} takes: {@code webhook}, {@code schedule_at}, {@code
     * payload}, {@code headers}, {@code retry_conf}, {@code comment}.
     *
     * @return the event's id
     * @throws LocalHasuraException if webhook or time are missing or wrong
     */
    public String scheduleEvent(Map<String, ?> arguments) {
        return background.scheduleEvent(EngineJson.tree(arguments));
    }

    /**
     * Records an event of the operation {@code MANUAL}, as {@code pg_invoke_event_trigger} does for an admin.
     *
     * @param trigger the event trigger's name; its {@code enable_manual} must be true
     * @param payload what {@code data.new} will be; anything that Jackson can write
     * @return the event's id
     * @throws LocalHasuraException if there is no such trigger, or it may not be invoked by hand
     */
    public String invokeEventTrigger(String trigger, @Nullable Object payload) {
        return background.invoke(trigger, EngineJson.tree(payload));
    }

    /**
     * Delivers an event once more, as {@code pg_redeliver_event} does: with the same id, and its tries begin at 0.
     *
     * @throws LocalHasuraException if there is no such event
     */
    public void redeliverEvent(String eventId) {
        background.redeliver(eventId);
    }

    /**
     * Sends calls to another place than the metadata say, from now on, as {@link Builder#connectTo} does from the beginning.
     *
     * @param from {@code host:port} as the metadata have it, or a host for all its ports
     * @param to {@code host:port} to call instead
     */
    public void connectTo(String from, String to) {
        webhooks.route(from, to);
    }

    /**
     * Brings everything back to how it was when the engine had started: rows that came later go, those of migrations and seeds
     * come back, sequences begin anew; events, asynchronous actions, schedules and their logs are forgotten, the clock is set
     * back, and so are the metadata if somebody changed them. Tables and columns stay as they are by now.
     *
     * <p>Nothing of this causes an event. Handlers that are being called have half a minute to answer first.
     *
     * @throws IllegalStateException if the data are kept in a directory between runs
     * @throws LocalHasuraException if a handler does not answer, or a transaction still holds rows after ten seconds
     */
    public void cleanData() {
        if (cleanData == null) {
            throw new IllegalStateException(
                    "The data are kept between runs, so they are not cleaned. Start the engine without dataDirectory(…) for tests.");
        }
        background.forget(PATIENCE, clock.reset(), cleanData::restore);
        metadata.restore(project.metadataDocument());
    }

    /**
     * Delivers no more events, asynchronous actions and schedules until {@link #resumeDeliveries()}: for an application that is
     * not there at the moment. Handlers that are being called have five seconds to answer first.
     */
    public void pauseDeliveries() {
        background.queues().pause(LAST_CHANCE);
    }

    /** Delivers on. */
    public void resumeDeliveries() {
        background.queues().resume();
    }

    /**
     * What has become of the deliveries of an event trigger, a cron trigger or an asynchronous action, once nothing is due any more:
     * see {@link #awaitIdle()}. For {@code assertThat(hasura.deliveries("newUser")).succeeded().times(1)}.
     *
     * @throws LocalHasuraException if the metadata know no such thing, or handlers do not answer within half a minute
     */
    public Deliveries deliveries(String name) {
        awaitIdle();
        return new DeliveryLogs(postgres).of(name, loader.current().metadata());
    }

    /** What has become of one-off events, oldest first, once nothing is due any more. */
    public Deliveries oneOffDeliveries() {
        awaitIdle();
        return new DeliveryLogs(postgres).ofOneOffEvents();
    }

    /** Stops everything; data are thrown away unless a data directory was given. */
    @Override
    public void close() {
        try (postgres;
                background;
                http) {
            LOG.debug("Stopping the local engine on port {}", http.port());
        }
    }

    /** Leaves secrets out. */
    @Override
    public String toString() {
        return "LocalHasura[" + url() + ", " + project + "]";
    }

    /** Describes a local engine; for one thread. */
    public static final class Builder {

        private final Path project;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final Map<String, String> routes = new LinkedHashMap<>();
        private int port;
        private boolean seeds;
        private @Nullable Path data;
        private @Nullable String adminSecret;
        private @Nullable String jwtSecret;
        private @Nullable String unauthorizedRole;
        private Clock clock = Clock.systemUTC();
        private @Nullable Duration eventsInterval;
        private @Nullable Duration asyncActionsInterval;
        private @Nullable Duration schedulesInterval;
        private @Nullable Duration subscriptionsInterval;

        private Builder(Path project) {
            this.project = project;
        }

        /** The port to listen on; without this any free one. */
        public Builder port(int number) {
            port = number;
            return this;
        }

        /**
         * Sets one of the engine's environment variables, for {@code {{NAME}}} and {@code value_from_env} in the metadata. The
         * machine's own variables are not seen. {@code HASURA_GRAPHQL_ADMIN_SECRET}, {@code HASURA_GRAPHQL_JWT_SECRET}, {@code
         * HASURA_GRAPHQL_JWT_SECRETS}, {@code HASURA_GRAPHQL_AUTH_HOOK} with its mode, {@code HASURA_GRAPHQL_UNAUTHORIZED_ROLE} and a
         * few more mean what they mean to the real engine; the others are named in {@link LocalHasura#unsupported()}.
         */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** The admin secret; without one everybody is admin, as in the real engine. */
        public Builder adminSecret(String secret) {
            adminSecret = secret;
            return this;
        }

        /** The JSON that {@code HASURA_GRAPHQL_JWT_SECRET} would hold. */
        public Builder jwtSecret(String json) {
            jwtSecret = json;
            return this;
        }

        /** The role of requests with neither secret nor token. */
        public Builder unauthorizedRole(String role) {
            unauthorizedRole = role;
            return this;
        }

        /** Keeps the data in a directory between runs; without this they are gone afterwards. */
        public Builder dataDirectory(Path directory) {
            data = directory;
            return this;
        }

        /** Runs the project's seed files after its migrations. */
        public Builder seeds() {
            seeds = true;
            return this;
        }

        /**
         * Sends calls to another place than the metadata say: for handlers on a random port.
         *
         * @param from {@code host:port} as the metadata have it, or a host for all its ports
         * @param to {@code host:port} to call instead
         */
        public Builder connectTo(String from, String to) {
            routes.put(from, to);
            return this;
        }

        /**
         * How often to look for events to deliver; a second without this, as in the real engine. Zero means never, except when
         * {@link LocalHasura#deliverNow()} or {@link LocalHasura#awaitIdle()} ask.
         */
        public Builder eventsInterval(Duration interval) {
            eventsInterval = interval;
            return this;
        }

        /** The same for asynchronous actions; a second without this. */
        public Builder asyncActionsInterval(Duration interval) {
            asyncActionsInterval = interval;
            return this;
        }

        /** The same for cron triggers and one-off events; ten seconds without this. */
        public Builder schedulesInterval(Duration interval) {
            schedulesInterval = interval;
            return this;
        }

        /** The same for the queries of subscriptions, streams too; a second without this. */
        public Builder subscriptionsInterval(Duration interval) {
            subscriptionsInterval = interval;
            return this;
        }

        /** The clock that {@link LocalHasura#advanceClock} moves on from; the system's without this. */
        public Builder clock(Clock other) {
            clock = other;
            return this;
        }

        /**
         * Starts the engine; when this returns it serves.
         *
         * @throws LocalHasuraPortInUseException if the port is taken
         * @throws LocalHasuraException if Postgres does not start or a migration fails
         * @throws io.github.hasura4j.client.project.HasuraProjectException if the project cannot be read
         */
        public LocalHasura start() {
            long begin = System.nanoTime();
            HasuraProject read = HasuraProject.read(project);
            EngineSettings settings = new EngineSettings(environment);
            EngineClock engineClock = new EngineClock(clock);
            Webhooks webhooks = new Webhooks(routes, settings.configuredHeadersFirst());
            Authenticator authenticator = new Authenticator(
                    settings.authentication(adminSecret, jwtSecret, unauthorizedRole), webhooks, engineClock);
            List<AutoCloseable> opened = new ArrayList<>();
            try {
                HttpFront http = HttpFront.bind(port);
                opened.add(http);
                PostgresServer postgres = PostgresServer.start(data);
                opened.add(postgres);
                LocalHasura started =
                        assemble(read, settings, engineClock, webhooks, authenticator, http, postgres, opened);
                report(started, System.nanoTime() - begin);
                return started;
            } catch (SQLException e) {
                closeAll(opened, e);
                throw new LocalHasuraException("The database of the local engine fails: " + e.getMessage(), e);
            } catch (RuntimeException e) {
                closeAll(opened, e);
                throw e;
            }
        }

        private LocalHasura assemble(
                HasuraProject read,
                EngineSettings settings,
                EngineClock engineClock,
                Webhooks webhooks,
                Authenticator authenticator,
                HttpFront http,
                PostgresServer postgres,
                List<AutoCloseable> opened)
                throws SQLException {
            Migrator migrator = new Migrator(postgres);
            int applied = migrator.migrate(read, MetadataLoader.sourceOf(read.metadataDocument()));
            LOG.debug("Applied {} migrations of {}", applied, read);
            if (seeds) {
                migrator.seed(read);
            }
            Environment variables = new Environment(environment);
            EventTriggers triggers = new EventTriggers(variables, settings.stringifyNumbers());
            WebhookDelivery deliveries = new WebhookDelivery(webhooks, variables);
            Background background = new Background(
                    new EventDelivery(postgres, triggers, deliveries, engineClock),
                    new AsyncActions(postgres),
                    new Schedules(postgres, deliveries, variables, engineClock));
            opened.add(background);
            background.prepare();
            MetadataLoader loader = new MetadataLoader(postgres, variables, settings, webhooks, triggers, background);
            loader.use(loader.prepare(read.metadataDocument(), true));
            MetadataApi metadata = new MetadataApi(loader, postgres, background, settings);
            http.serve(authenticator, loader, metadata, engineClock, settings.sockets(subscriptionsInterval));
            background.start(
                    settings.interval(eventsInterval, "HASURA_GRAPHQL_EVENTS_FETCH_INTERVAL", Duration.ofSeconds(1)),
                    settings.interval(
                            asyncActionsInterval, "HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL", Duration.ofSeconds(1)),
                    schedulesInterval == null ? Duration.ofSeconds(10) : schedulesInterval);
            CleanData clean = data == null ? CleanData.of(postgres) : null;
            return new LocalHasura(http, postgres, background, engineClock, read, loader, metadata, webhooks, clean);
        }

        private static void report(LocalHasura started, long nanos) {
            LOG.info(
                    "The local engine serves {} on {} after {} ms",
                    started.project.directory(),
                    started.url(),
                    Duration.ofNanos(nanos).toMillis());
            started.inconsistentObjects().forEach(object -> LOG.warn("Inconsistent metadata: {}", object));
            started.unsupported().forEach(thing -> LOG.info("Not supported by the local engine: {}", thing));
        }

        private static void closeAll(List<AutoCloseable> opened, Exception cause) {
            for (int i = opened.size() - 1; i >= 0; i--) {
                try {
                    opened.get(i).close();
                } catch (Exception e) {
                    cause.addSuppressed(e);
                }
            }
        }
    }
}
