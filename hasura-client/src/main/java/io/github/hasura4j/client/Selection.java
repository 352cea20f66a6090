package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A field to be answered that needs more than its name: fields of its own, arguments, or an alias.
 *
 * <pre>{@code
 * hasura.query("user").select("id", "name",
 *         Selection.of("orders").as("recent").arg("limit", 3).select("id", "total"));
 * }</pre>
 *
 * <p>Immutable, so it may be a constant: every step returns a new selection.
 */
public final class Selection {

    private final String field;
    private final @Nullable String alias;
    private final Map<String, @Nullable Object> arguments;
    private final List<Directive> directives;
    private final List<Selection> fields;

    private Selection(
            String field,
            @Nullable String alias,
            Map<String, @Nullable Object> arguments,
            List<Directive> directives,
            List<Selection> fields) {
        this.field = field;
        this.alias = alias;
        this.arguments = arguments;
        this.directives = directives;
        this.fields = fields;
    }

    /**
     * Begins with the field's name.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public static Selection of(String field) {
        return new Selection(Names.checked(field), null, Map.of(), List.of(), List.of());
    }

    /**
     * Answers the field under another name, needed to ask for one field twice.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public Selection as(String alias) {
        return new Selection(field, Names.checked(alias), arguments, directives, fields);
    }

    /**
     * Gives the field an argument; a null is sent as null, an absent {@link io.github.hasura4j.payload.Maybe} not at all.
     *
     * @param value anything the client's mapper writes
     * @throws IllegalArgumentException if the name is no GraphQL name
     */
    public Selection arg(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(arguments);
        Variables.put(more, Names.checked(name), value);
        return new Selection(field, alias, Collections.unmodifiableMap(more), directives, fields);
    }

    /**
     * Adds fields by name.
     *
     * @throws IllegalArgumentException if one is no GraphQL name
     */
    public Selection select(String... fields) {
        return select((Object[]) fields);
    }

    /**
     * Adds fields, each a {@code String} or a {@code Selection}.
     *
     * @throws IllegalArgumentException if one is neither, or no GraphQL name
     */
    public Selection select(Object... fields) {
        List<Selection> more = new ArrayList<>(this.fields);
        for (Object each : fields) {
            if (each instanceof Selection selection) {
                more.add(selection);
            } else if (each instanceof String name) {
                more.add(of(name));
            } else {
                throw new IllegalArgumentException("select(…) takes names and Selections, but got "
                        + (each == null ? "null" : "a " + each.getClass().getName()));
            }
        }
        return new Selection(field, alias, arguments, directives, List.copyOf(more));
    }

    /** Answers the field only on a condition; the document stays the same, the condition is a variable. */
    public Selection includeIf(boolean condition) {
        return directive("include", Map.of("if", condition));
    }

    /**
     * Adds a directive. Its arguments are written into the document, as values that are part of the program; only the condition
     * of {@code include} and {@code skip} is a variable.
     *
     * @throws IllegalArgumentException if a name is no GraphQL name
     */
    public Selection directive(String name, Map<String, ? extends @Nullable Object> arguments) {
        List<Directive> more = new ArrayList<>(directives);
        more.add(new Directive(name, new LinkedHashMap<>(arguments)));
        return new Selection(field, alias, arguments(), List.copyOf(more), fields);
    }

    String field() {
        return field;
    }

    @Nullable
    String alias() {
        return alias;
    }

    /** The name under which the answer has the field. */
    String key() {
        return alias == null ? field : alias;
    }

    Map<String, @Nullable Object> arguments() {
        return arguments;
    }

    List<Directive> directives() {
        return directives;
    }

    List<Selection> fields() {
        return fields;
    }

    boolean hasArgumentsAnywhere() {
        return !arguments.isEmpty() || anyHasArguments(fields);
    }

    // Without streams, which would be a fourth of what a call by field needs beside its request.
    static boolean anyHasArguments(List<Selection> fields) {
        for (Selection each : fields) {
            if (each.hasArgumentsAnywhere()) {
                return true;
            }
        }
        return false;
    }

    /** Shows names only, no argument's value. */
    @Override
    public String toString() {
        return (alias == null ? "" : alias + ": ")
                + field
                + (arguments.isEmpty() ? "" : arguments.keySet())
                + (fields.isEmpty() ? "" : fields);
    }
}
