package io.github.hasura4j.payload;

import org.jspecify.annotations.Nullable;

/** What happened to the row of an event trigger. */
public enum Operation {
    /** A row was inserted, by the insert half of an upsert too. */
    INSERT,
    /** A row was updated and at least one of the columns the trigger listens to changed. */
    UPDATE,
    /** A row was deleted; a truncate does not fire. */
    DELETE,
    /** Somebody invoked the trigger by hand; the new "row" is whatever JSON they gave. */
    MANUAL,
    /** An operation this version does not know: {@link Event#op()} has the engine's word for it. */
    UNKNOWN;

    static Operation from(@Nullable String op) {
        if (op == null) {
            return UNKNOWN;
        }
        return switch (op) {
            case "INSERT" -> INSERT;
            case "UPDATE" -> UPDATE;
            case "DELETE" -> DELETE;
            case "MANUAL" -> MANUAL;
            default -> UNKNOWN;
        };
    }
}
