package io.github.hasura4j.spring.jwt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.VariableText;
import org.jspecify.annotations.Nullable;

/**
 * Says what a token is to hold; only the roles are required. Begin with {@link HasuraJwt#token()}. For one thread.
 *
 * <p>Its methods throw {@link IllegalArgumentException} for what would make a token that the engine refuses or reads otherwise.
 */
public final class HasuraTokenBuilder {

    private static final Set<String> OF_ROLES =
            Set.of(SessionVariables.ROLE, ClaimsLayout.ALLOWED_ROLES, ClaimsLayout.DEFAULT_ROLE);

    private static final Map<String, String> CLAIMS_WITH_A_STEP =
            Map.of("sub", "subject(…)", "exp", "expiresIn(…)", "iat", "withClock(…) of HasuraJwt");

    private final HasuraJwt jwt;
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private final List<String> roles = new ArrayList<>();
    private final Map<String, String> variables = new LinkedHashMap<>();
    private @Nullable String subject;
    private @Nullable String defaultRole;
    private Duration lifetime;

    HasuraTokenBuilder(HasuraJwt jwt, Duration lifetime) {
        this.jwt = jwt;
        this.lifetime = lifetime;
    }

    /**
     * Whom the token is for, usually the user's id. Permissions do not see it, they need a variable.
     *
     * @param subject a text, or what becomes one in {@link #variable}
     */
    public HasuraTokenBuilder subject(Object subject) {
        this.subject = VariableText.of("subject", subject);
        return this;
    }

    /** The roles that requests may wish for with {@code x-hasura-role}; added to those named before. */
    public HasuraTokenBuilder roles(String... roles) {
        return roles(Arrays.asList(roles));
    }

    /** The roles that requests may wish for with {@code x-hasura-role}; added to those named before. */
    public HasuraTokenBuilder roles(Iterable<String> roles) {
        for (String role : roles) {
            if (role == null || role.isBlank()) {
                throw new IllegalArgumentException("A role has no name. Give roles as the metadata has them");
            }
            if (!this.roles.contains(role)) {
                this.roles.add(role);
            }
        }
        return this;
    }

    /** The role of requests that wish for none; one of the roles. If not said it is the first of them. */
    public HasuraTokenBuilder defaultRole(String role) {
        this.defaultRole = role;
        return this;
    }

    /**
     * A session variable, for permissions and handlers.
     *
     * @param name a name that begins with {@code x-hasura-}, in any case
     * @param value a text, number, boolean, UUID, enum or time, which becomes a text; a flat collection or array of them becomes a
     *     Postgres array literal, such as {@code {1,2}}
     */
    public HasuraTokenBuilder variable(String name, Object value) {
        String variable = name.toLowerCase(Locale.ROOT);
        if (!variable.startsWith(ClaimsLayout.PREFIX) || variable.length() == ClaimsLayout.PREFIX.length()) {
            throw new IllegalArgumentException(
                    "'%s' is no session variable: the engine takes names like x-hasura-user-id only.".formatted(name)
                            + " For its own use there is claim(…)");
        }
        if (OF_ROLES.contains(variable)) {
            throw new IllegalArgumentException(
                    "%s is not to be set as a variable. Use roles(…) and defaultRole(…)".formatted(variable));
        }
        if (variable.equals("x-hasura-admin-secret")) {
            throw new IllegalArgumentException(
                    "The admin secret does not belong into a token, which anybody who holds it can read");
        }
        variables.put(variable, VariableText.of("session variable " + variable, value));
        return this;
    }

    /**
     * A claim of your own, or one of JWT's such as {@code jti}, which the engine does not make a session variable of.
     *
     * @param value anything that Jackson writes as JSON; an {@link Instant} becomes seconds, as JWT has times
     */
    public HasuraTokenBuilder claim(String name, Object value) {
        if (CLAIMS_WITH_A_STEP.containsKey(name)) {
            throw new IllegalArgumentException(
                    "The claim '%s' is set with %s".formatted(name, CLAIMS_WITH_A_STEP.get(name)));
        }
        if (name.toLowerCase(Locale.ROOT).startsWith(ClaimsLayout.PREFIX)) {
            throw new IllegalArgumentException(
                    "The claim '%s' is a session variable: set it with variable(…)".formatted(name));
        }
        if (value == null) {
            throw new IllegalArgumentException("The claim '%s' is given null. Leave it out".formatted(name));
        }
        claims.put(name, value instanceof Instant time ? (Object) time.getEpochSecond() : value);
        return this;
    }

    /**
     * How long the token is good; a second at least. WebSockets that were opened with it end then, too.
     */
    public HasuraTokenBuilder expiresIn(Duration lifetime) {
        this.lifetime = HasuraJwt.requireLifetime(lifetime);
        return this;
    }

    /**
     * The signed token.
     *
     * @throws IllegalArgumentException if the engine would refuse it or read something else out of it, such as a default role that
     *     is not among the roles, or a variable that {@code claims_map} does not know
     */
    public String sign() {
        if (defaultRole != null && !roles.isEmpty() && !roles.contains(defaultRole)) {
            throw new IllegalArgumentException(
                    "The default role '%s' is not among the roles %s. The engine would refuse the token"
                            .formatted(defaultRole, roles));
        }
        return jwt.sign(subject, claims, new ClaimsLayout.Wanted(roles, defaultRole, variables), lifetime);
    }

    /** Says how many, not what. */
    @Override
    public String toString() {
        return "HasuraTokenBuilder[roles=" + roles + ", variables=" + variables.keySet() + "]";
    }
}
