package io.github.hasura4j.test.engine.remote;

import java.util.List;

import graphql.language.Argument;
import graphql.language.Directive;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.Value;
import org.jspecify.annotations.Nullable;

/** The arguments and input fields that a role's schema fills in by {@code @preset}; they stand there with the directive. */
final class Presets {

    static final String DIRECTIVE = "preset";

    private Presets() {}

    /** The value that is filled in; null if it is the client's to give. */
    static @Nullable Value<?> of(InputValueDefinition input) {
        return argument(input, "value");
    }

    /** Whether a text that looks like a session variable is meant as it stands. */
    static boolean isStatic(InputValueDefinition input) {
        return argument(input, "static") instanceof graphql.language.BooleanValue flag && flag.isValue();
    }

    /** Whether clients do not see it: it is preset, or an object with nothing in it that is not. */
    static boolean hides(InputValueDefinition input, ServerTypes types) {
        InputObjectTypeDefinition object = types.input(input.getType());
        return of(input) != null || object != null && fillWhole(object);
    }

    /** Whether an input object has no field that is not preset, so that it is no type for clients. */
    static boolean fillWhole(InputObjectTypeDefinition object) {
        return object.getInputValueDefinitions().stream().allMatch(field -> of(field) != null);
    }

    private static @Nullable Value<?> argument(InputValueDefinition input, String name) {
        List<Directive> directives = input.getDirectives(DIRECTIVE);
        Argument argument = directives.isEmpty() ? null : directives.get(0).getArgument(name);
        return argument == null ? null : argument.getValue();
    }
}
