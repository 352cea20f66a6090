package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.BooleanValue;
import graphql.language.Description;
import graphql.language.DirectiveDefinition;
import graphql.language.DirectiveLocation;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValueDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.parser.Parser;
import org.jspecify.annotations.Nullable;

/** Builds the definitions of a schema with few words. */
final class Sdl {

    private Sdl() {}

    /** A type as GraphQL writes it, such as {@code [user!]!}. */
    static Type<?> type(String text) {
        if (text.endsWith("!")) {
            return NonNullType.newNonNullType(type(text.substring(0, text.length() - 1)))
                    .build();
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return ListType.newListType(type(text.substring(1, text.length() - 1)))
                    .build();
        }
        return GraphQlNames.isName(text) ? TypeName.newTypeName(text).build() : Parser.parseType(text);
    }

    static FieldDefinition field(
            String name, String type, @Nullable String description, List<InputValueDefinition> arguments) {
        return FieldDefinition.newFieldDefinition()
                .name(name)
                .type(type(type))
                .description(description(description))
                .inputValueDefinitions(arguments)
                .build();
    }

    static FieldDefinition field(String name, String type) {
        return field(name, type, null, List.of());
    }

    static InputValueDefinition input(String name, String type) {
        return InputValueDefinition.newInputValueDefinition()
                .name(name)
                .type(type(type))
                .build();
    }

    static InputValueDefinition input(String name, String type, @Nullable String description) {
        return InputValueDefinition.newInputValueDefinition()
                .name(name)
                .type(type(type))
                .description(description(description))
                .build();
    }

    static ObjectTypeDefinition object(String name, @Nullable String description, List<FieldDefinition> fields) {
        return ObjectTypeDefinition.newObjectTypeDefinition()
                .name(name)
                .description(description(description))
                .fieldDefinitions(fields)
                .build();
    }

    static InputObjectTypeDefinition inputObject(
            String name, @Nullable String description, List<InputValueDefinition> fields) {
        return InputObjectTypeDefinition.newInputObjectDefinition()
                .name(name)
                .description(description(description))
                .inputValueDefinitions(fields)
                .build();
    }

    static EnumTypeDefinition enumeration(String name, @Nullable String description, List<String> values) {
        return enumeration(name, description, values, null);
    }

    /** An enum whose values are all described alike. */
    static EnumTypeDefinition enumeration(
            String name, @Nullable String description, List<String> values, @Nullable String ofEach) {
        Map<String, @Nullable String> described = new LinkedHashMap<>();
        values.forEach(value -> described.put(value, ofEach));
        return enumeration(name, description, described);
    }

    static EnumTypeDefinition enumeration(
            String name, @Nullable String description, Map<String, @Nullable String> values) {
        List<EnumValueDefinition> definitions = new ArrayList<>();
        values.forEach((value, what) -> definitions.add(EnumValueDefinition.newEnumValueDefinition()
                .name(value)
                .description(description(what))
                .build()));
        return EnumTypeDefinition.newEnumTypeDefinition()
                .name(name)
                .description(description(description))
                .enumValueDefinitions(definitions)
                .build();
    }

    /** {@code @cached}, which the community edition knows and ignores. */
    static DirectiveDefinition cachedDirective() {
        return DirectiveDefinition.newDirectiveDefinition()
                .name("cached")
                .description(description("whether this query should be cached (Hasura Cloud only)"))
                .inputValueDefinition(InputValueDefinition.newInputValueDefinition()
                        .name("ttl")
                        .description(description("measured in seconds"))
                        .type(type("Int!"))
                        .defaultValue(IntValue.of(60))
                        .build())
                .inputValueDefinition(InputValueDefinition.newInputValueDefinition()
                        .name("refresh")
                        .description(description("refresh the cache entry"))
                        .type(type("Boolean!"))
                        .defaultValue(BooleanValue.of(false))
                        .build())
                .directiveLocation(
                        DirectiveLocation.newDirectiveLocation().name("QUERY").build())
                .build();
    }

    private static @Nullable Description description(@Nullable String text) {
        return text == null ? null : new Description(text, null, text.contains("\n"));
    }
}
