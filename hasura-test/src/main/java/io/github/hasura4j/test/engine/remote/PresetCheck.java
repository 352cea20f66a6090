package io.github.hasura4j.test.engine.remote;

import java.util.List;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.Directive;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValue;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.Value;
import graphql.schema.idl.ScalarInfo;

/** Holds the values of presets against the types of what they fill in. */
final class PresetCheck {

    private final ServerTypes permitted;
    private final List<String> errors;

    PresetCheck(ServerTypes permitted, List<String> errors) {
        this.permitted = permitted;
        this.errors = errors;
    }

    void check(String owner, InputValueDefinition input) {
        List<Directive> directives = input.getDirectives(Presets.DIRECTIVE);
        if (directives.isEmpty()) {
            return;
        }
        Directive directive = directives.get(0);
        Value<?> preset = Presets.of(input);
        if (directives.size() > 1) {
            errors.add("found multiple preset directives at \"Input object argument\" " + PermittedTypes.quoted(owner));
        } else if (directive.getArguments().isEmpty()) {
            errors.add("no arguments found in the preset directive");
        } else if (preset == null) {
            errors.add("preset argument \"value\" not found at " + PermittedTypes.quoted(input.getName()));
        } else if (directive.getArgument("static") != null
                && !(directive.getArgument("static").getValue() instanceof BooleanValue)) {
            errors.add("expected preset static value to be a Boolean value");
        } else {
            check(input.getName(), preset, input.getType());
        }
    }

    private void check(String name, Value<?> preset, Type<?> type) {
        if (type instanceof NonNullType required) {
            check(name, preset, required.getType());
        } else if (type instanceof ListType list) {
            if (preset instanceof ArrayValue elements) {
                elements.getValues().forEach(element -> check(name, element, list.getType()));
            } else if (isSessionVariable(preset)) {
                errors.add("illegal preset value at " + PermittedTypes.quoted(name)
                        + ". Session arguments can only be set for singleton values");
            } else {
                check(name, preset, list.getType());
            }
        } else {
            checkNamed(preset, ServerTypes.nameOf(type));
        }
    }

    private void checkNamed(Value<?> preset, String type) {
        TypeDefinition<?> definition = permitted.types().get(type);
        if (definition instanceof InputObjectTypeDefinition object) {
            if (preset instanceof ObjectValue given) {
                given.getObjectFields().forEach(field -> check(field, object));
            } else {
                expect("an input object value", preset, type);
            }
        } else if (definition instanceof EnumTypeDefinition words) {
            if (preset instanceof EnumValue word) {
                if (words.getEnumValueDefinitions().stream()
                        .noneMatch(known -> known.getName().equals(word.getName()))) {
                    errors.add(PermittedTypes.quoted(word.getName()) + " not found in the enum: "
                            + PermittedTypes.quoted(type));
                }
            } else if (!isSessionVariable(preset)) {
                expect("an enum value", preset, type);
            }
        } else if (ScalarInfo.isGraphqlSpecifiedScalar(type)
                || PermittedTypes.kind(definition).equals("Scalar")) {
            if (preset instanceof EnumValue || preset instanceof ArrayValue || preset instanceof ObjectValue) {
                expect("a scalar value", preset, type);
            }
        } else {
            errors.add("expected " + PermittedTypes.quoted(type) + " to be an input type, but it's an output type");
        }
    }

    private void check(ObjectField field, InputObjectTypeDefinition object) {
        InputValueDefinition input = RemoteArguments.find(object.getInputValueDefinitions(), field.getName());
        if (input == null) {
            errors.add(PermittedTypes.quoted(field.getName()) + " does not exist in the input object "
                    + PermittedTypes.quoted(object.getName()));
        } else {
            check(field.getName(), field.getValue(), input.getType());
        }
    }

    private void expect(String what, Value<?> preset, String type) {
        errors.add("expected preset value " + PermittedTypes.quoted(PermittedTypes.shown(preset)) + " of type "
                + PermittedTypes.quoted(type) + " to be " + what);
    }

    private static boolean isSessionVariable(Value<?> preset) {
        return preset instanceof StringValue text
                && text.getValue() != null
                && RemoteArguments.isSessionVariable(text.getValue());
    }
}
