package io.github.hasura4j.client;

import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/** Who is asking: a credential, perhaps a role, perhaps a session, and the headers that say so. Immutable. */
final class Identity {

    static final String ROLE = SessionVariables.ROLE;
    static final String ADMIN_SECRET = "x-hasura-admin-secret";
    static final String AUTHORIZATION = "authorization";
    private static final String BACKEND_ONLY = "x-hasura-use-backend-only-permissions";
    private static final String SESSION_PREFIX = "x-hasura-";

    /** What a session never gets to say: these decide what the engine lets the application do, not who is asking. */
    private static final Set<String> NOT_OF_A_SESSION = Set.of(ADMIN_SECRET, BACKEND_ONLY);

    private static final Set<String> OURS =
            Set.of(ADMIN_SECRET, AUTHORIZATION, ROLE, "content-type", "accept", "accept-encoding");

    private final Credentials credentials;
    private final @Nullable String role;
    private final Map<String, String> headers;
    private final Map<String, String> session;

    private Identity(
            Credentials credentials, @Nullable String role, Map<String, String> headers, Map<String, String> session) {
        this.credentials = credentials;
        this.role = role;
        this.headers = headers;
        this.session = session;
    }

    static Identity of(Credentials credentials, @Nullable String role, Map<String, String> headers) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        return new Identity(credentials, role, Collections.unmodifiableMap(copy), Map.of());
    }

    boolean hasAdminSecret() {
        return credentials.hasAdminSecret();
    }

    @Nullable
    String role() {
        return role;
    }

    Identity withRole(String role) {
        return new Identity(credentials, checkedRole(role), headers, session);
    }

    Identity withCredentials(Credentials other) {
        return new Identity(other, null, headers, Map.of());
    }

    Identity backendOnly() {
        if (!hasAdminSecret()) {
            throw new IllegalStateException(
                    "Backend-only permissions need the admin secret: without it the engine ignores the wish for them. Build the client with adminSecret(…).");
        }
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(session);
        more.put(BACKEND_ONLY, "true");
        return new Identity(credentials, role, headers, Collections.unmodifiableMap(more));
    }

    Identity forwarding(Function<String, @Nullable String> incoming, String... names) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        for (String name : names) {
            checkedForwarding(name);
            String value = incoming.apply(name);
            if (value != null) {
                more.put(name, checkedValue(name, value));
            }
        }
        return new Identity(credentials, role, Collections.unmodifiableMap(more), session);
    }

    private void checkedForwarding(String name) {
        if (name.toLowerCase(Locale.ROOT).startsWith(SESSION_PREFIX)) {
            throw new IllegalArgumentException(
                    "The header '%s' is not forwarded: beside the admin secret the engine would believe whatever the client made up. Use as(session)."
                            .formatted(name));
        }
        if (!name.equalsIgnoreCase(AUTHORIZATION)) {
            checkedHeader(name);
        } else if (!credentials.isNone()) {
            throw new IllegalArgumentException(
                    "The header 'authorization' is not forwarded, because this client has credentials of its own. Use withCredentials(Credentials.none()) before, or withBearerToken(…).");
        }
    }

    /** The administrator, whoever this is; fixed headers that the engine would take for a session are left out too. */
    Identity asAdministrator() {
        return new Identity(credentials, null, withoutSession(headers), Map.of());
    }

    /** Only the fixed headers, which a gateway may want; for what the engine tells everybody. */
    Identity asNobody() {
        Map<String, String> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        rest.putAll(withoutSession(headers));
        rest.remove(AUTHORIZATION);
        return new Identity(Credentials.none(), null, Collections.unmodifiableMap(rest), Map.of());
    }

    Identity withSession(SessionVariables variables) {
        if (!hasAdminSecret()) {
            throw new IllegalStateException(
                    "Acting as a session needs the admin secret: with a token, or without credentials, the engine ignores x-hasura-* headers. Build the client with adminSecret(…), or forward the caller's own token with withBearerToken(…).");
        }
        String sessionRole = variables
                .role()
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "The session has no x-hasura-role, so the engine would act as the administrator. If that is meant, use the client without as(…); else choose a role with asRole(…)."));
        Map<String, String> checked = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        variables.asMap().forEach((name, value) -> {
            if (!name.startsWith(SESSION_PREFIX) || !isSendable(name, "value")) {
                throw new IllegalArgumentException(
                        "The session variable '%s' cannot be sent: its name has to begin with x-hasura- and be a header name"
                                .formatted(name));
            }
            if (!NOT_OF_A_SESSION.contains(name) && !name.equals(ROLE)) {
                checked.put(name, checkedValue(name, value));
            }
        });
        return new Identity(
                credentials, checkedRole(sessionRole), withoutSession(headers), Collections.unmodifiableMap(checked));
    }

    /** What is sent with one attempt; suppliers are asked now. */
    Sending sending() {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(session);
        if (role != null) {
            all.put(ROLE, role);
        }
        Credentials.Proof proof = credentials.prove();
        all.putAll(proof.headers());
        return new Sending(all, credentials, proof.token());
    }

    void writeTo(BiConsumer<String, String> header) {
        sending().headers().forEach(header);
    }

    /**
     * The headers of one attempt.
     *
     * @param token the token among them, or {@code null} if there is none
     */
    record Sending(
            Map<String, String> headers,
            Credentials credentials,
            @Nullable AccessToken token) {

        /** When they expire, if the token says so or is a JWT that does; null if nobody knows. */
        @Nullable
        Instant expiry() {
            Instant known = token == null ? null : token.expiresAt().orElse(null);
            return known != null ? known : TokenExpiry.of(headers.get(AUTHORIZATION));
        }

        /** The engine refused the token, and it must not be sent again. */
        void reject() {
            credentials.reject(token);
        }

        /** The engine refused the token: whether there is another one. */
        boolean renew() {
            return credentials.renew(token);
        }

        @Override
        public String toString() {
            return "Sending[" + headers.keySet() + "]";
        }
    }

    private static Map<String, String> withoutSession(Map<String, String> headers) {
        Map<String, String> rest = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith(SESSION_PREFIX)) {
                rest.put(name, value);
            }
        });
        return Collections.unmodifiableMap(rest);
    }

    static Supplier<String> constant(String what, String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException(what + " is empty. Check the setting it comes from.");
        }
        String checked = checkedValue(what, value);
        return () -> checked;
    }

    static String checkedToken(String token) {
        return constant("The token", token).get();
    }

    static String supplied(String what, Supplier<String> supplier) {
        String value = supplier.get();
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(what + " is empty. Check the supplier it comes from.");
        }
        return checkedValue(what, value);
    }

    static String checkedRole(String role) {
        if (role.isBlank()) {
            throw new IllegalArgumentException("The role is empty. Name one, or do not set any.");
        }
        return checkedValue(ROLE, role);
    }

    static String checkedHeader(String name) {
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(
                    "The header '%s' is set by the client itself: use adminSecret(…), bearerToken(…) or role(…)"
                            .formatted(name));
        }
        if (!isSendable(name, "value")) {
            throw new IllegalArgumentException(
                    "'%s' cannot be set: it is no header name, or one that the JDK keeps to itself".formatted(name));
        }
        return name;
    }

    /** A variable that says nothing about who is asking, or what for. */
    static String checkedVariable(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!lower.startsWith(SESSION_PREFIX) || NOT_OF_A_SESSION.contains(lower) || lower.equals(ROLE)) {
            throw new IllegalArgumentException(
                    "'%s' is no session variable to send with every call: its name has to begin with x-hasura-, and it cannot be a role or a secret"
                            .formatted(name));
        }
        return name;
    }

    /** A header of one call must not change whom the client acts as. */
    static String checkedCallHeader(String name) {
        if (name.toLowerCase(Locale.ROOT).startsWith(SESSION_PREFIX)) {
            throw new IllegalArgumentException(
                    "The header '%s' is a session variable, which a single call cannot set: use as(session), asRole(…) or backendOnly()."
                            .formatted(name));
        }
        return checkedHeader(name);
    }

    /**
     * Refuses what would not arrive as it is. The JDK shows the value when it refuses one, and turns what is not ASCII into
     * question marks, which would make one user out of another.
     */
    static String checkedValue(String name, String value) {
        boolean plain = true;
        for (int i = 0; i < value.length(); i++) { // For each header of each call, so without a stream.
            plain &= value.charAt(i) >= ' ' && value.charAt(i) <= '~';
        }
        if (!plain || !value.equals(value.strip())) {
            throw new IllegalArgumentException(
                    "%s cannot be sent in a header: it has a character that is not printable ASCII, or white space around it"
                            .formatted(name));
        }
        return value;
    }

    private static boolean isSendable(String name, String value) {
        try {
            HttpRequest.newBuilder().header(name, value);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The same credentials from the same source, and everything else equal: then one connection will do. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Identity that
                && credentials == that.credentials
                && Objects.equals(role, that.role)
                && headers.equals(that.headers)
                && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(System.identityHashCode(credentials), role, headers, session);
    }

    @Override
    public String toString() {
        boolean acting = session.keySet().stream().anyMatch(name -> !name.equals(BACKEND_ONLY));
        return credentials
                + (role == null ? "" : ", role=" + role)
                + (acting ? ", as a session" : "")
                + (session.containsKey(BACKEND_ONLY) ? ", backend only" : "");
    }
}
