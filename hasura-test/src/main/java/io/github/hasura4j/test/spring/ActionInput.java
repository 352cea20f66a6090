package io.github.hasura4j.test.spring;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.parser.Parser;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import tools.jackson.databind.JsonNode;

/** Refuses arguments that no client could send, because the engine's schema does not let them pass. */
final class ActionInput {

    private final CustomTypes types;

    ActionInput(CustomTypes types) {
        this.types = types;
    }

    /** The name within a type such as {@code [Address!]!}. */
    static String named(String type) {
        return type.replaceAll("[\\[\\]!\\s]", "");
    }

    /** Fails if the arguments are not the action's. */
    void require(ActionMetadata action, JsonNode arguments) {
        String at = action.name();
        if (!arguments.isObject()) {
            throw refused(at, "expected an object, but found " + kind(arguments));
        }
        for (Map.Entry<String, JsonNode> given : arguments.properties()) {
            if (action.arguments().stream().noneMatch(each -> each.name().equals(given.getKey()))) {
                throw refused(
                        at,
                        "'%s' has no argument named '%s'. Its arguments: %s"
                                .formatted(action.name(), given.getKey(), names(action.arguments())));
            }
        }
        requireFields(at, action.arguments(), arguments);
    }

    private void requireFields(String at, List<ActionMetadata.Argument> fields, JsonNode given) {
        for (ActionMetadata.Argument field : fields) {
            JsonNode value = given.get(field.name());
            if (value != null) {
                require(at + "." + field.name(), Parser.parseType(field.type()), value);
            } else if (field.type().endsWith("!")) {
                throw refused(at, "missing required field '" + field.name() + "'");
            }
        }
    }

    private void require(String at, Type<?> type, JsonNode value) {
        if (type instanceof NonNullType required) {
            if (value.isNull()) {
                throw refused(at, "unexpected null value for type '" + name(required) + "'");
            }
            require(at, required.getType(), value);
        } else if (value.isNull()) {
            return;
        } else if (type instanceof ListType list) {
            if (value.isArray()) {
                value.forEach(each -> require(at, list.getType(), each));
            } else {
                require(at, list.getType(), value);
            }
        } else {
            requireNamed(at, name(type), value);
        }
    }

    private static String name(Type<?> type) {
        if (type instanceof NonNullType required) {
            return name(required.getType());
        }
        return type instanceof ListType list ? name(list.getType()) : ((TypeName) type).getName();
    }

    private void requireNamed(String at, String type, JsonNode value) {
        for (CustomTypes.InputObjectType object : types.inputObjects()) {
            if (object.name().equals(type)) {
                requireObject(at, object, value);
                return;
            }
        }
        for (CustomTypes.EnumType each : types.enums()) {
            if (each.name().equals(type) && !each.values().contains(value.asString(""))) {
                throw refused(
                        at,
                        "expected one of the values [%s] for type '%s', but found %s"
                                .formatted(
                                        each.values().stream()
                                                .map(known -> "'" + known + "'")
                                                .collect(Collectors.joining(", ")),
                                        type,
                                        kind(value)));
            }
        }
        String expected = switch (type) {
            case "Int" -> isInt(value) ? "" : "a 32-bit integer";
            case "Float" -> value.isNumber() ? "" : "a float";
            case "Boolean" -> value.isBoolean() ? "" : "a boolean";
            case "String" -> value.isString() ? "" : "a string";
            case "ID" -> value.isString() || value.isIntegralNumber() ? "" : "an id";
            default -> "";
        };
        if (!expected.isEmpty()) {
            throw refused(at, "expected %s for type '%s', but found %s".formatted(expected, type, kind(value)));
        }
    }

    private void requireObject(String at, CustomTypes.InputObjectType object, JsonNode value) {
        if (!value.isObject()) {
            throw refused(at, "expected an object for type '%s', but found %s".formatted(object.name(), kind(value)));
        }
        for (String field : value.propertyNames()) {
            if (object.fields().stream().noneMatch(each -> each.name().equals(field))) {
                throw refused(
                        at,
                        "field '%s' not found in type: '%s'. Its fields: %s"
                                .formatted(field, object.name(), names(object.fields())));
            }
        }
        requireFields(at, object.fields(), value);
    }

    private static boolean isInt(JsonNode value) {
        if (!value.isNumber()) {
            return false;
        }
        BigDecimal number = value.decimalValue().stripTrailingZeros();
        return number.scale() <= 0
                && number.precision() - number.scale() <= 11
                && number.toBigInteger().bitLength() < 32;
    }

    private static String names(List<ActionMetadata.Argument> fields) {
        return fields.isEmpty()
                ? "none"
                : fields.stream().map(ActionMetadata.Argument::name).collect(Collectors.joining(", "));
    }

    private static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL, MISSING -> "null";
            case BOOLEAN -> "a boolean";
            case NUMBER -> value.isIntegralNumber() ? "an integer" : "a float";
            case STRING -> "a string";
            case ARRAY -> "a list";
            default -> "an object";
        };
    }

    private static AssertionError refused(String at, String reason) {
        return new AssertionError(
                "The engine would not make this call, because of the input at '" + at + "': " + reason);
    }
}
