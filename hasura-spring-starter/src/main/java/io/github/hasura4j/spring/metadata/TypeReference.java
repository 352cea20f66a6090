package io.github.hasura4j.spring.metadata;

import org.jspecify.annotations.Nullable;

/**
 * A GraphQL type where it is used, such as {@code [Order!]!}.
 *
 * @param name the named type, of a list the innermost elements'
 * @param nonNull whether null is ruled out
 * @param element the element's type if it is a list; null if not
 */
record TypeReference(String name, boolean nonNull, @Nullable TypeReference element) {

    static TypeReference named(String name, boolean nonNull) {
        return new TypeReference(name, nonNull, null);
    }

    static TypeReference listOf(TypeReference element, boolean nonNull) {
        return new TypeReference(element.name(), nonNull, element);
    }

    /** Reads the metadata's text; what is no type comes back as a name that fits no other. */
    static TypeReference parse(String text) {
        String type = text.strip();
        boolean nonNull = type.endsWith("!");
        if (nonNull) {
            type = type.substring(0, type.length() - 1).strip();
        }
        return type.startsWith("[") && type.endsWith("]")
                ? listOf(parse(type.substring(1, type.length() - 1)), nonNull)
                : named(type, nonNull);
    }

    TypeReference withName(String other) {
        return new TypeReference(other, nonNull, element == null ? null : element.withName(other));
    }

    TypeReference nullable() {
        return new TypeReference(name, false, element);
    }

    int depth() {
        return element == null ? 0 : element.depth() + 1;
    }

    @Override
    public String toString() {
        return (element == null ? name : "[" + element + "]") + (nonNull ? "!" : "");
    }
}
