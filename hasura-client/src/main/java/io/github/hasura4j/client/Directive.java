package io.github.hasura4j.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A directive on a field or an operation.
 *
 * @param arguments {@code if} of {@code include} and {@code skip} travels as a variable, the others are written down: what
 *     they hold is part of the program
 */
record Directive(String name, Map<String, @Nullable Object> arguments) {

    Directive {
        Names.checked(name);
        arguments.keySet().forEach(Names::checked);
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }

    boolean isCondition() {
        return (name.equals("include") || name.equals("skip"))
                && arguments.keySet().equals(Set.of("if"));
    }
}
