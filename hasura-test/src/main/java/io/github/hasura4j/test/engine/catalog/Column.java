package io.github.hasura4j.test.engine.catalog;

import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param name its name
 * @param sqlType its type as SQL writes it, without modifiers, such as {@code timestamp with time zone}
 * @param type the type's short name, such as {@code timestamptz}; of a domain, the type below; of an array, its element's
 * @param array whether it is an array of that type
 * @param enumeration whether that type is an enum of the database
 * @param notNull whether it is declared NOT NULL
 * @param writable whether it may be given a value, which generated columns may not
 * @param comment its comment; null for none
 */
public record Column(
        String name,
        String sqlType,
        String type,
        boolean array,
        boolean enumeration,
        boolean notNull,
        boolean writable,
        @Nullable String comment) {

    private static final Set<String> BIG_NUMBERS = Set.of("int8", "numeric", "float8", "money");

    /** Whether it holds JSON, into which one can reach by a path. */
    public boolean json() {
        return !array && (type.equals("json") || type.equals("jsonb"));
    }

    /** Whether it holds numbers that JSON's readers may not keep: those that the engine can write as texts. */
    public boolean bigNumber() {
        return !array && BIG_NUMBERS.contains(type);
    }
}
