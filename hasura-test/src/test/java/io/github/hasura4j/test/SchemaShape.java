package io.github.hasura4j.test;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

import graphql.language.AbstractDescribedNode;
import graphql.language.AstPrinter;
import graphql.language.Description;
import graphql.language.DirectiveDefinition;
import graphql.language.Document;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.ScalarInfo;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a set of lines, one for each type, field, argument, input field enum value and description, so that two can be
 * compared whatever their order.
 */
final class SchemaShape {

    private final SortedSet<String> lines = new TreeSet<>();

    private SchemaShape() {}

    static SchemaShape of(Document schema) {
        SchemaShape shape = new SchemaShape();
        schema.getDefinitionsOfType(TypeDefinition.class).stream()
                .filter(type -> !type.getName().startsWith("__"))
                .forEach(shape::add);
        schema.getDefinitionsOfType(DirectiveDefinition.class).stream()
                .filter(directive -> directive.getName().equals("cached"))
                .forEach(directive -> shape.arguments("@cached", directive.getInputValueDefinitions()));
        return shape;
    }

    /** What the other has and this has not, marked {@code -}, and the other way round, marked {@code +}. */
    List<String> differencesFrom(SchemaShape expected) {
        List<String> differences = new ArrayList<>();
        expected.lines.stream().filter(line -> !lines.contains(line)).forEach(line -> differences.add("- " + line));
        lines.stream().filter(line -> !expected.lines.contains(line)).forEach(line -> differences.add("+ " + line));
        return differences;
    }

    int size() {
        return lines.size();
    }

    private void add(TypeDefinition<?> type) {
        String name = type.getName();
        describe(name, type instanceof AbstractDescribedNode<?> described ? described.getDescription() : null);
        if (type instanceof ObjectTypeDefinition object) {
            lines.add("type " + name);
            object.getFieldDefinitions().forEach(field -> add(name, field));
        } else if (type instanceof InputObjectTypeDefinition input) {
            lines.add("input " + name);
            input.getInputValueDefinitions().forEach(field -> {
                lines.add(name + "." + signature(field));
                describe(name + "." + field.getName(), field.getDescription());
            });
        } else if (type instanceof EnumTypeDefinition enumeration) {
            lines.add("enum " + name);
            enumeration.getEnumValueDefinitions().forEach(value -> {
                lines.add(name + "." + value.getName());
                describe(name + "." + value.getName(), value.getDescription());
            });
        } else if (type instanceof ScalarTypeDefinition) {
            if (!ScalarInfo.isGraphqlSpecifiedScalar(name)) {
                lines.add("scalar " + name);
            }
        } else {
            lines.add(type.getClass().getSimpleName() + " " + name);
        }
    }

    private void add(String type, FieldDefinition field) {
        String name = type + "." + field.getName();
        lines.add(name + ": " + AstPrinter.printAst(field.getType()));
        describe(name, field.getDescription());
        arguments(name, field.getInputValueDefinitions());
    }

    private void arguments(String owner, List<InputValueDefinition> arguments) {
        arguments.forEach(argument -> {
            lines.add(owner + "(" + signature(argument) + ")");
            describe(owner + "(" + argument.getName() + ")", argument.getDescription());
        });
    }

    private void describe(String what, @Nullable Description description) {
        if (description != null && !description.getContent().isBlank()) {
            lines.add(what + " \"" + description.getContent().strip().replace("\n", " ") + '"');
        }
    }

    private static String signature(InputValueDefinition value) {
        String signature = value.getName() + ": " + AstPrinter.printAst(value.getType());
        return value.getDefaultValue() == null
                ? signature
                : signature + " = " + AstPrinter.printAst(value.getDefaultValue());
    }
}
