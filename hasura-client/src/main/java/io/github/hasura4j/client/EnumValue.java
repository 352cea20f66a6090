package io.github.hasura4j.client;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A value of an enum in the engine's schema, such as {@code asc}, where no Java enum stands for it. As a variable it is text like
 * any other; it makes a difference where arguments are written into the document, see {@link SchemaSource#none()}.
 *
 * @param name the value's name
 */
public record EnumValue(@JsonValue String name) {

    /** @throws IllegalArgumentException if it is no GraphQL name */
    public EnumValue {
        Names.checked(name);
    }

    /**
     * The value of this name.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public static EnumValue of(String name) {
        return new EnumValue(name);
    }
}
