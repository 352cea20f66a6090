package io.github.hasura4j.test.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.auth.AuthHook;
import io.github.hasura4j.test.engine.socket.SocketFront;
import org.jspecify.annotations.Nullable;

/** The engine's own environment variables, {@code HASURA_GRAPHQL_…}. */
public final class EngineSettings {

    private static final String ADMIN_SECRET = "HASURA_GRAPHQL_ADMIN_SECRET";
    private static final String JWT_SECRET = "HASURA_GRAPHQL_JWT_SECRET";
    private static final String JWT_SECRETS = "HASURA_GRAPHQL_JWT_SECRETS";
    private static final String UNAUTHORIZED_ROLE = "HASURA_GRAPHQL_UNAUTHORIZED_ROLE";
    private static final String AUTH_HOOK = "HASURA_GRAPHQL_AUTH_HOOK";
    private static final String AUTH_HOOK_MODE = "HASURA_GRAPHQL_AUTH_HOOK_MODE";
    private static final String AUTH_HOOK_SENDS_BODY = "HASURA_GRAPHQL_AUTH_HOOK_SEND_REQUEST_BODY";
    private static final String CONFIGURED_HEADERS_FIRST = "HASURA_GRAPHQL_CONFIGURED_HEADER_PRECEDENCE";
    private static final String ALLOW_LIST = "HASURA_GRAPHQL_ENABLE_ALLOWLIST";
    private static final String STRINGIFY_NUMBERS = "HASURA_GRAPHQL_STRINGIFY_NUMERIC_TYPES";

    private static final String REMOTE_SCHEMA_PERMISSIONS = "HASURA_GRAPHQL_ENABLE_REMOTE_SCHEMA_PERMISSIONS";

    private static final String LIVE_QUERIES = "HASURA_GRAPHQL_LIVE_QUERIES_MULTIPLEXED_REFETCH_INTERVAL";
    private static final String STREAMS = "HASURA_GRAPHQL_STREAMING_QUERIES_MULTIPLEXED_REFETCH_INTERVAL";
    private static final String KEEP_ALIVE = "HASURA_GRAPHQL_WEBSOCKET_KEEPALIVE";
    private static final String INIT_TIMEOUT = "HASURA_GRAPHQL_WEBSOCKET_CONNECTION_INIT_TIMEOUT";

    /** Settings that mean here what they mean there, or that change nothing an application could see. */
    private static final Set<String> UNDERSTOOD = Set.of(
            ADMIN_SECRET,
            JWT_SECRET,
            JWT_SECRETS,
            UNAUTHORIZED_ROLE,
            AUTH_HOOK,
            AUTH_HOOK_MODE,
            AUTH_HOOK_SENDS_BODY,
            CONFIGURED_HEADERS_FIRST,
            STRINGIFY_NUMBERS,
            ALLOW_LIST,
            REMOTE_SCHEMA_PERMISSIONS,
            LIVE_QUERIES,
            STREAMS,
            KEEP_ALIVE,
            INIT_TIMEOUT,
            "HASURA_GRAPHQL_EVENTS_FETCH_INTERVAL",
            "HASURA_GRAPHQL_ASYNC_ACTIONS_FETCH_INTERVAL",
            "HASURA_GRAPHQL_DATABASE_URL",
            "HASURA_GRAPHQL_METADATA_DATABASE_URL",
            "HASURA_GRAPHQL_ENABLE_CONSOLE",
            "HASURA_GRAPHQL_ENABLE_TELEMETRY",
            "HASURA_GRAPHQL_ENABLED_LOG_TYPES",
            "HASURA_GRAPHQL_LOG_LEVEL");

    private final Map<String, String> environment;

    public EngineSettings(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Names the settings that this engine does not have. */
    public void nameUnsupported(Problems problems) {
        environment.keySet().stream()
                .filter(name -> name.startsWith("HASURA_GRAPHQL_") && !UNDERSTOOD.contains(name))
                .sorted()
                .forEach(name -> problems.unsupported("the engine's setting " + name));
    }

    /** How to authenticate; what is given goes before the environment. */
    public Authenticator.Settings authentication(
            @Nullable String adminSecret, @Nullable String jwtSecret, @Nullable String unauthorizedRole) {
        String one = given(jwtSecret, JWT_SECRET);
        String several = environment.get(JWT_SECRETS);
        if (one != null && several != null) {
            throw new LocalHasuraException(
                    "Both " + JWT_SECRET + " and " + JWT_SECRETS + " are set: leave one of them out", null);
        }
        return new Authenticator.Settings(
                given(adminSecret, ADMIN_SECRET),
                one == null ? several : one,
                given(unauthorizedRole, UNAUTHORIZED_ROLE),
                hook());
    }

    private AuthHook.@Nullable Settings hook() {
        String url = environment.get(AUTH_HOOK);
        if (url == null) {
            return null;
        }
        String mode = environment.getOrDefault(AUTH_HOOK_MODE, "GET");
        if (!mode.equals("GET") && !mode.equals("POST")) {
            throw new LocalHasuraException(AUTH_HOOK_MODE + " is '" + mode + "'. It is GET or POST", null);
        }
        return new AuthHook.Settings(url, mode.equals("POST"), flag(AUTH_HOOK_SENDS_BODY, true));
    }

    /** Whether configured headers of webhooks win over forwarded ones of the client. */
    public boolean configuredHeadersFirst() {
        return flag(CONFIGURED_HEADERS_FIRST, false);
    }

    /** Whether only queries of the allow list may be sent. */
    public boolean allowList() {
        return flag(ALLOW_LIST, false);
    }

    /** Whether numbers of the types that are large or exact are written as texts. */
    public boolean stringifyNumbers() {
        return flag(STRINGIFY_NUMBERS, false);
    }

    /** Whether roles see of remote schemas what they have a permission for, and not everything. */
    public boolean remoteSchemaPermissions() {
        return flag(REMOTE_SCHEMA_PERMISSIONS, false);
    }

    /**
     * An interval: what is given, or the milliseconds of a variable, or what is usual.
     *
     * @throws LocalHasuraException if the variable does not hold a whole number
     */
    public Duration interval(@Nullable Duration given, String variable, Duration usual) {
        String millis = environment.get(variable);
        if (given != null || millis == null) {
            return given == null ? usual : given;
        }
        if (!millis.matches("[0-9]{1,9}")) {
            throw new LocalHasuraException(variable + " is '" + millis + "'. It is a number of milliseconds", null);
        }
        return Duration.ofMillis(Long.parseLong(millis));
    }

    /** How WebSockets are served; what is given goes before the environment. */
    public SocketFront.Settings sockets(@Nullable Duration refetchInterval) {
        Duration second = Duration.ofSeconds(1);
        return new SocketFront.Settings(
                interval(refetchInterval, LIVE_QUERIES, second),
                interval(refetchInterval, STREAMS, second),
                seconds(KEEP_ALIVE, Duration.ofSeconds(5)),
                seconds(INIT_TIMEOUT, Duration.ofSeconds(3)));
    }

    private Duration seconds(String variable, Duration usual) {
        String seconds = environment.get(variable);
        if (seconds == null) {
            return usual;
        }
        if (!seconds.matches("[0-9]{1,6}")) {
            throw new LocalHasuraException(variable + " is '" + seconds + "'. It is a number of seconds", null);
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    private boolean flag(String variable, boolean usual) {
        String value = environment.get(variable);
        return value == null ? usual : value.equalsIgnoreCase("true");
    }

    private @Nullable String given(@Nullable String value, String variable) {
        return value != null ? value : environment.get(variable);
    }
}
