package io.github.hasura4j.spring;

import java.time.Duration;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/**
 * Who a client is, as an auth hook tells the engine: {@code AuthHookResult.ofRole("user").userId(7).cacheFor(Duration.ofMinutes(5))}.
 *
 * <p>Everything becomes the texts that the engine insists on. Immutable: each step answers a new result. {@code toString()} shows
 * the role and the names of the variables.
 */
public final class AuthHookResult {

    private final SessionVariables variables;
    private final @Nullable Duration cacheFor;

    private AuthHookResult(SessionVariables variables, @Nullable Duration cacheFor) {
        this.variables = variables;
        this.cacheFor = cacheFor;
    }

    /**
     * A client of this role. The engine believes it, whatever it is.
     *
     * @throws IllegalArgumentException if the role is blank
     */
    public static AuthHookResult ofRole(String role) {
        return new AuthHookResult(SessionVariables.ofRole(role), null);
    }

    /**
     * A client with these variables.
     *
     * @throws IllegalArgumentException if {@code x-hasura-role} is not among them
     */
    public static AuthHookResult of(SessionVariables variables) {
        if (variables.role().isEmpty()) {
            throw new IllegalArgumentException(
                    "The session has no x-hasura-role, without which the engine refuses it. Add it, or return null to refuse");
        }
        return new AuthHookResult(variables, null);
    }

    /** The same client with {@code x-hasura-user-id}. */
    public AuthHookResult userId(Object id) {
        return variable(SessionVariables.USER_ID, id);
    }

    /**
     * The same client with one more session variable.
     *
     * @param name its name, beginning with {@code x-hasura-}, in any case
     * @param value a text, number, boolean, UUID, enum, time, or a flat list of them, which becomes a Postgres array literal
     * @throws IllegalArgumentException if the name does not begin so, or the value is something else
     */
    public AuthHookResult variable(String name, Object value) {
        return new AuthHookResult(variables.with(name, value), cacheFor);
    }

    /**
     * How long the answer is good: the engine ends the client's WebSocket then, and Hasura Cloud and Enterprise do not ask again
     * before. In whole seconds; without it a WebSocket lives on until it is closed.
     *
     * @throws IllegalArgumentException if it is less than a second
     */
    public AuthHookResult cacheFor(Duration time) {
        if (time.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "The engine counts in whole seconds, so %s is nothing. Give a second or more".formatted(time));
        }
        return new AuthHookResult(variables, time);
    }

    /** All session variables, the role among them. */
    public SessionVariables sessionVariables() {
        return variables;
    }

    /** How long the answer is good, or null if nothing was said. */
    public @Nullable Duration cacheFor() {
        return cacheFor;
    }

    @Override
    public String toString() {
        Map<String, String> all = variables.asMap();
        return "AuthHookResult[role=" + all.get(SessionVariables.ROLE) + ", names=" + all.keySet() + "]";
    }
}
