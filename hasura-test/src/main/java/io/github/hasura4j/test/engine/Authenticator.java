package io.github.hasura4j.test.engine;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.auth.AuthHook;
import io.github.hasura4j.test.engine.auth.JwtSecrets;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Finds out who sends a request: admin secret, token, auth hook, or nobody ({@code metadata.md} B.5, {@code webhooks.md} 4, 7). */
public final class Authenticator {

    private static final String SECRET = "x-hasura-admin-secret";
    private static final String BACKEND_ONLY = "x-hasura-use-backend-only-permissions";
    private static final String PREFIX = "x-hasura-";

    private final @Nullable String adminSecret;
    private final @Nullable JwtSecrets tokens;
    private final @Nullable AuthHook hook;
    private final @Nullable String unauthorizedRole;
    private final Clock clock;
    private final TraceHeaders traces;

    public Authenticator(Settings settings, Webhooks webhooks, Clock clock) {
        boolean others =
                settings.jwtSecrets() != null || settings.hook() != null || settings.unauthorizedRole() != null;
        if (settings.adminSecret() == null && others) {
            throw new LocalHasuraException(
                    "A JWT secret, an auth hook or an unauthorized role needs an admin secret, in the real engine too: set one",
                    null);
        }
        if (settings.jwtSecrets() != null && settings.hook() != null) {
            throw new LocalHasuraException(
                    "The engine takes a JWT secret or an auth hook, not both: leave one of them out", null);
        }
        this.clock = clock;
        this.traces = webhooks.traces();
        this.adminSecret = settings.adminSecret();
        this.tokens = settings.jwtSecrets() == null ? null : JwtSecrets.parse(settings.jwtSecrets(), clock);
        this.hook = settings.hook() == null ? null : new AuthHook(webhooks, settings.hook());
        this.unauthorizedRole = settings.unauthorizedRole();
    }

    /**
     * How requests are authenticated.
     *
     * @param adminSecret the secret; null lets everybody in as admin
     * @param jwtSecrets the JSON of a JWT secret, or of a list of them; null for none
     * @param unauthorizedRole the role of requests without secret and token; null to refuse them
     * @param hook the auth hook; null for none
     */
    public record Settings(
            @Nullable String adminSecret,
            @Nullable String jwtSecrets,
            @Nullable String unauthorizedRole,
            AuthHook.@Nullable Settings hook) {

        /** Leaves secrets out. */
        @Override
        public String toString() {
            return "Settings[unauthorizedRole=" + unauthorizedRole + ", hook=" + hook + "]";
        }
    }

    /**
     * Who somebody turned out to be.
     *
     * @param session the session
     * @param cookies the {@code Set-Cookie} headers that an auth hook wants the client to have
     * @param expires until when a connection may go on with it; null for ever
     */
    public record Identity(
            Session session, List<String> cookies, @Nullable Instant expires) {}

    /** The same sender's next request on one connection, which is a trace of its own. */
    public Session next(Session session) {
        return session.in(traces.read(session.clientHeaders()));
    }

    /** The session of a request that is not a GraphQL request. */
    public Session authenticate(Map<String, List<String>> headers) {
        return identify(headers, null).session();
    }

    /**
     * Finds out who sends a GraphQL request.
     *
     * @param headers the request's headers
     * @param request its body, or null if it cannot be read
     * @throws EngineException if nobody may be in
     */
    public Identity identify(Map<String, List<String>> headers, @Nullable JsonNode request) {
        Map<String, String> lower = new LinkedHashMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), values.get(values.size() - 1)));
        String given = lower.get(SECRET);
        if (adminSecret == null || (given != null && same(given, adminSecret))) {
            return new Identity(trusted(lower, headers), List.of(), null);
        }
        if (given != null) {
            throw EngineException.denied("access-denied", "invalid \"x-hasura-admin-secret\"");
        }
        if (hook != null) {
            Trace trace = traces.read(headers);
            AuthHook.Verdict verdict = hook.ask(headers, request, trace);
            return new Identity(
                    session(verdict.variables(), headers, trace), verdict.cookies(), verdict.expires(clock.instant()));
        }
        return ofToken(lower, headers);
    }

    private Identity ofToken(Map<String, String> lower, Map<String, List<String>> headers) {
        JwtSecrets.Verified token = tokens == null ? null : tokens.verify(lower);
        if (token != null) {
            return new Identity(session(token.variables(), headers, traces.read(headers)), List.of(), token.expires());
        }
        if (unauthorizedRole != null) {
            // As in the engine, every variable but the role is the client's own choice.
            Map<String, @Nullable String> chosen = variables(lower);
            chosen.put(SessionVariables.ROLE, unauthorizedRole);
            return new Identity(session(chosen, headers, traces.read(headers)), List.of(), null);
        }
        throw tokens != null
                ? EngineException.denied(
                        "invalid-headers", "Missing 'Authorization' or 'Cookie' header in JWT authentication mode")
                : EngineException.denied("access-denied", "\"x-hasura-admin-secret\" required, but not found");
    }

    private static Session session(
            Map<String, @Nullable String> variables, Map<String, List<String>> headers, Trace trace) {
        String role = String.valueOf(variables.get(SessionVariables.ROLE));
        return new Session(role, SessionVariables.of(variables), false, headers, trace);
    }

    private Session trusted(Map<String, String> lower, Map<String, List<String>> headers) {
        Map<String, @Nullable String> variables = variables(lower);
        String role = lower.getOrDefault(SessionVariables.ROLE, Session.ADMIN);
        variables.put(SessionVariables.ROLE, role);
        return new Session(
                role,
                SessionVariables.of(variables),
                backendOnly(lower.get(BACKEND_ONLY)),
                headers,
                traces.read(headers));
    }

    private static Map<String, @Nullable String> variables(Map<String, String> lower) {
        Map<String, @Nullable String> variables = new LinkedHashMap<>();
        lower.forEach((name, value) -> {
            if (name.startsWith(PREFIX) && !name.equals(SECRET) && !name.equals(BACKEND_ONLY)) {
                variables.put(name, value);
            }
        });
        return variables;
    }

    private static boolean backendOnly(@Nullable String value) {
        if (value == null) {
            return false;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y" -> true;
            case "false", "f", "no", "n" -> false;
            default ->
                throw EngineException.of(
                        "bad-request",
                        "$",
                        "x-hasura-use-backend-only-permissions: Not a valid boolean text. True values are"
                                + " [\"true\",\"t\",\"yes\",\"y\"] and  False values are [\"false\",\"f\",\"no\",\"n\"]."
                                + " All values are case insensitive");
        };
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
