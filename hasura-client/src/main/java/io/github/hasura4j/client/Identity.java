package io.github.hasura4j.client;

import java.net.http.HttpRequest;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/** Who is asking: a credential, perhaps a role, perhaps a session, and the headers that say so. Immutable. */
final class Identity {

    static final String ROLE = SessionVariables.ROLE;
    private static final String ADMIN_SECRET = "x-hasura-admin-secret";
    private static final String AUTHORIZATION = "authorization";
    private static final String SESSION_PREFIX = "x-hasura-";

    /** What a session never gets to say: these decide what the engine lets the application do, not who is asking. */
    private static final Set<String> NOT_OF_A_SESSION = Set.of(ADMIN_SECRET, "x-hasura-use-backend-only-permissions");

    private static final Set<String> OURS =
            Set.of(ADMIN_SECRET, AUTHORIZATION, ROLE, "content-type", "accept", "accept-encoding");

    private final @Nullable Supplier<String> adminSecret;
    private final @Nullable Supplier<String> bearerToken;
    private final @Nullable String role;
    private final Map<String, String> headers;
    private final Map<String, String> session;

    private Identity(
            @Nullable Supplier<String> adminSecret,
            @Nullable Supplier<String> bearerToken,
            @Nullable String role,
            Map<String, String> headers,
            Map<String, String> session) {
        this.adminSecret = adminSecret;
        this.bearerToken = bearerToken;
        this.role = role;
        this.headers = headers;
        this.session = session;
    }

    static Identity of(
            @Nullable Supplier<String> adminSecret,
            @Nullable Supplier<String> bearerToken,
            @Nullable String role,
            Map<String, String> headers) {
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        return new Identity(adminSecret, bearerToken, role, Collections.unmodifiableMap(copy), Map.of());
    }

    boolean hasAdminSecret() {
        return adminSecret != null;
    }

    @Nullable
    String role() {
        return role;
    }

    Identity withRole(String role) {
        return new Identity(adminSecret, bearerToken, checkedRole(role), headers, session);
    }

    Identity withBearerToken(String token) {
        return new Identity(null, constant("The bearer token", token), null, headers, Map.of());
    }

    /** The administrator, whoever this is; fixed headers that the engine would take for a session are left out too. */
    Identity asAdministrator() {
        return new Identity(adminSecret, bearerToken, null, withoutSession(headers), Map.of());
    }

    Identity withSession(SessionVariables variables) {
        if (adminSecret == null) {
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
                adminSecret,
                null,
                checkedRole(sessionRole),
                withoutSession(headers),
                Collections.unmodifiableMap(checked));
    }

    void writeTo(BiConsumer<String, String> header) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(headers);
        all.putAll(session);
        if (role != null) {
            all.put(ROLE, role);
        }
        if (adminSecret != null) {
            all.put(ADMIN_SECRET, supplied("The admin secret", adminSecret));
        }
        if (bearerToken != null) {
            all.put(AUTHORIZATION, "Bearer " + supplied("The bearer token", bearerToken));
        }
        all.forEach(header);
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

    private static String supplied(String what, Supplier<String> supplier) {
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

    /**
     * Refuses what would not arrive as it is. The JDK shows the value when it refuses one, and turns what is not ASCII into
     * question marks, which would make one user out of another.
     */
    static String checkedValue(String name, String value) {
        boolean plain = value.chars().allMatch(c -> c >= ' ' && c <= '~');
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
                && adminSecret == that.adminSecret
                && bearerToken == that.bearerToken
                && Objects.equals(role, that.role)
                && headers.equals(that.headers)
                && session.equals(that.session);
    }

    @Override
    public int hashCode() {
        return Objects.hash(adminSecret, bearerToken, role, headers.size(), session);
    }

    @Override
    public String toString() {
        String credential = adminSecret != null ? "admin secret ***" : bearerToken != null ? "token ***" : "nobody";
        return credential + (role == null ? "" : ", role=" + role) + (session.isEmpty() ? "" : ", as a session");
    }
}
