package io.github.hasura4j.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Who is asking: the {@code x-hasura-*} variables of the session.
 *
 * <p>Names are case-insensitive, values are always text, even {@code "7"} or {@code "true"}; the typed methods read them.
 * The variables are worth believing only after the webhook secret has been checked. Neither {@code toString()} nor any
 * exception shows a value except the role.
 *
 * <p>For the engine's unauthorized role ({@code HASURA_GRAPHQL_UNAUTHORIZED_ROLE}, often {@code anonymous}) only the role is a
 * fact: every other variable is then a header that the client sent, {@code x-hasura-user-id} included. Look at the role before
 * you believe anything else.
 */
public final class SessionVariables {

    /** The name of the variable that holds the role. */
    public static final String ROLE = "x-hasura-role";

    /** The name of the variable that customarily holds the user's id. */
    public static final String USER_ID = "x-hasura-user-id";

    private static final SessionVariables EMPTY = new SessionVariables(Map.of());

    private final Map<String, String> values;

    private SessionVariables(Map<String, String> values) {
        this.values = values;
    }

    /** No variables at all, not even a role. */
    public static SessionVariables empty() {
        return EMPTY;
    }

    /**
     * A session of this role and nothing else; add to it with {@link #with}.
     *
     * @throws IllegalArgumentException if the role is blank
     */
    public static SessionVariables ofRole(String role) {
        if (role.isBlank()) {
            throw new IllegalArgumentException("The role is blank. Name one");
        }
        return new SessionVariables(Map.of(ROLE, role));
    }

    /**
     * The same session with one more variable; one of that name is replaced.
     *
     * @param name its name, in any case
     * @param value a text, number, boolean, UUID, enum, time, or a flat list of them, which becomes a Postgres array literal
     * @throws IllegalArgumentException if the name does not begin with {@code x-hasura-}, or the value is something else
     */
    public SessionVariables with(String name, @Nullable Object value) {
        String variable = name.toLowerCase(Locale.ROOT);
        if (!variable.startsWith("x-hasura-")) {
            throw new IllegalArgumentException(
                    "'%s' is no session variable: their names begin with x-hasura-".formatted(name));
        }
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(variable, VariableText.of("session variable " + variable, value));
        return new SessionVariables(Collections.unmodifiableMap(more));
    }

    /**
     * Takes the variables of a map; names are put into lower case, null values are left out.
     *
     * @param variables names and values; of names that differ in case only, the last one counts
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static SessionVariables of(Map<String, @Nullable String> variables) {
        Map<String, String> values = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (value != null) {
                values.put(name.toLowerCase(Locale.ROOT), value);
            }
        });
        return values.isEmpty() ? EMPTY : new SessionVariables(Collections.unmodifiableMap(values));
    }

    static SessionVariables orEmpty(@Nullable SessionVariables variables) {
        return variables == null ? EMPTY : variables;
    }

    /** The role; the engine always sends one, a request transform may drop it. */
    public Optional<String> role() {
        return find(ROLE);
    }

    /** The user's id, if the session has one: admins and anonymous users have none. */
    public Optional<String> userId() {
        return find(USER_ID);
    }

    /** The value of a variable, or null if it is absent. */
    public @Nullable String get(String name) {
        return values.get(name.toLowerCase(Locale.ROOT));
    }

    /** The value of a variable, if it is there. */
    public Optional<String> find(String name) {
        return Optional.ofNullable(get(name));
    }

    /**
     * The value of a variable read into another type, such as {@code find("x-hasura-user-id", UUID::fromString)}.
     *
     * @throws SessionVariableException if the reader throws
     */
    public <T> Optional<T> find(String name, Function<? super String, ? extends T> reader) {
        String value = get(name);
        return value == null ? Optional.empty() : Optional.of(read(name, value, reader));
    }

    /**
     * The value of a variable that has to be there.
     *
     * @throws SessionVariableException if it is absent
     */
    public String require(String name) {
        return find(name).orElseThrow(() -> {
            String variable = name.toLowerCase(Locale.ROOT);
            return new SessionVariableException(
                    variable,
                    "The session has no '%s' (it has: %s). Let the JWT or the auth hook set it, or do not permit the role"
                            .formatted(variable, String.join(", ", values.keySet())),
                    null);
        });
    }

    /**
     * The value of a variable that has to be there, read into another type.
     *
     * @throws SessionVariableException if it is absent or the reader throws
     */
    public <T> T require(String name, Function<? super String, ? extends T> reader) {
        return read(name, require(name), reader);
    }

    /**
     * The elements of a variable that holds a list, as a Postgres array literal ({@code {1,2}}) or a JSON array.
     *
     * @return the elements in order, null for a {@code NULL} element; empty if the variable is absent
     * @throws SessionVariableException if the value is neither kind of list, or is nested
     */
    public List<@Nullable String> list(String name) {
        String value = get(name);
        return value == null ? List.of() : read(name, value, ArrayLiteral::parse);
    }

    /**
     * The elements of a list variable read into another type, such as {@code list("x-hasura-org-ids", UUID::fromString)}.
     *
     * @return the elements in order; empty if the variable is absent
     * @throws SessionVariableException if the value is no list, an element is null, or the reader throws
     */
    public <T> List<T> list(String name, Function<? super String, ? extends T> reader) {
        return list(name).stream()
                .<T>map(element -> read(name, element, reader))
                .toList();
    }

    /** All variables, names in lower case; not modifiable. */
    @JsonValue
    public Map<String, String> asMap() {
        return values;
    }

    /** Whether there is no variable at all. */
    public boolean hasNone() {
        return values.isEmpty();
    }

    private static <T> T read(String name, @Nullable String value, Function<? super String, ? extends T> reader) {
        try {
            if (value == null) {
                throw new IllegalArgumentException("a null element");
            }
            return reader.apply(value);
        } catch (RuntimeException e) {
            String variable = name.toLowerCase(Locale.ROOT);
            // Not the cause: readers such as UUID.fromString put the value into their message.
            throw new SessionVariableException(
                    variable,
                    "The session variable '%s' does not have the expected form (%s)"
                            .formatted(variable, e.getClass().getSimpleName()),
                    null);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SessionVariables that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "SessionVariables[role=" + values.get(ROLE) + ", names=" + values.keySet() + "]";
    }
}
