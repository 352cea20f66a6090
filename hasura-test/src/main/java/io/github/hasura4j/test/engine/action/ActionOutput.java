package io.github.hasura4j.test.engine.action;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.normalized.ExecutableNormalizedField;
import graphql.parser.Parser;
import graphql.schema.idl.ScalarInfo;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Holds a handler's answer against the action's output type and keeps what the client selected. As in the engine only the top
 * level is checked; a wrong leaf passes ({@code webhooks.md} 1.4).
 */
final class ActionOutput {

    private final Map<String, CustomTypes.ObjectType> objects = new HashMap<>();

    ActionOutput(CustomTypes types) {
        types.objects().forEach(type -> objects.put(type.name(), type));
    }

    /**
     * Checks an answer.
     *
     * @throws EngineException in the engine's words, if it does not fit
     */
    void check(JsonNode answer, String outputType) {
        check(answer, Parser.parseType(outputType));
    }

    /** Knows of fields whose values do not come from the handler. */
    @FunctionalInterface
    interface Elsewhere {

        /**
         * Takes a field that comes from elsewhere.
         *
         * @param type the output type
         * @param field the field
         * @param value the object as the handler has sent it
         * @param into where the field's value belongs
         * @return whether the field is such a one
         */
        boolean takes(String type, ExecutableNormalizedField field, JsonNode value, ObjectNode into);
    }

    /** What the client selected of an answer that fits; null where something comes from elsewhere. */
    JsonNode select(JsonNode answer, String outputType, List<ExecutableNormalizedField> selected, Elsewhere elsewhere) {
        return new Projection(elsewhere).of(answer, Parser.parseType(outputType), selected);
    }

    private void check(JsonNode answer, Type<?> type) {
        if (type instanceof NonNullType required) {
            if (answer.isNull()) {
                throw EngineException.unexpected("got null for the action webhook response");
            }
            check(answer, required.getType());
        } else if (answer.isNull()) {
            return;
        } else if (type instanceof ListType list) {
            if (!answer.isArray()) {
                throw EngineException.unexpected("expecting array for the action webhook response");
            }
            answer.forEach(element -> check(element, list.getType()));
        } else {
            checkNamed(answer, ((TypeName) type).getName());
        }
    }

    private void checkNamed(JsonNode answer, String name) {
        CustomTypes.ObjectType object = objects.get(name);
        if (answer.isArray()) {
            if (object != null || ScalarInfo.isGraphqlSpecifiedScalar(name)) {
                throw unexpected("array", name);
            }
        } else if (object != null) {
            if (!answer.isObject()) {
                throw unexpected(answer.isBoolean() ? "scalar Boolean" : "scalar String", name);
            }
            object.fields().forEach(field -> checkField(answer, field));
        } else if (ScalarInfo.isGraphqlSpecifiedScalar(name)) {
            if (answer.isObject()) {
                throw unexpected("object", name);
            }
            boolean fits = switch (name) {
                case "Int", "Float" -> answer.isNumber();
                case "Boolean" -> answer.isBoolean();
                default -> answer.isString();
            };
            if (!fits) {
                throw unexpected(answer.isBoolean() ? "scalar Boolean" : "scalar String", name);
            }
        }
    }

    private void checkField(JsonNode answer, ActionMetadata.Argument field) {
        if (!field.type().endsWith("!")) {
            return;
        }
        JsonNode value = answer.get(field.name());
        if (value == null) {
            throw EngineException.unexpected(
                    "field \"" + field.name() + "\" expected in webhook response, but not found");
        }
        if (value.isNull()) {
            throw EngineException.unexpected("expecting not null value for field \"" + field.name() + "\"");
        }
    }

    private static EngineException unexpected(String got, String expected) {
        return EngineException.unexpected("got " + got + " for the action webhook response, expecting " + expected);
    }

    /** What is left of an answer. */
    private final class Projection {

        private final Elsewhere elsewhere;

        Projection(Elsewhere elsewhere) {
            this.elsewhere = elsewhere;
        }

        JsonNode of(JsonNode value, Type<?> type, List<ExecutableNormalizedField> selected) {
            if (type instanceof NonNullType required) {
                return of(value, required.getType(), selected);
            }
            if (type instanceof ListType list && value.isArray()) {
                ArrayNode projected = JsonNodeFactory.instance.arrayNode();
                value.forEach(element -> projected.add(of(element, list.getType(), selected)));
                return projected;
            }
            CustomTypes.ObjectType object = type instanceof TypeName name ? objects.get(name.getName()) : null;
            return object != null && value.isObject() ? fields(value, object, selected) : value;
        }

        private ObjectNode fields(
                JsonNode value, CustomTypes.ObjectType object, List<ExecutableNormalizedField> selected) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            for (ExecutableNormalizedField field : selected) {
                if (field.getName().equals("__typename")) {
                    fields.set(field.getResultKey(), StringNode.valueOf(object.name()));
                    continue;
                }
                if (elsewhere.takes(object.name(), field, value, fields)) {
                    fields.putNull(field.getResultKey());
                    continue;
                }
                JsonNode raw = value.get(field.getName());
                String type = typeOf(object, field.getName());
                if (raw != null && type != null) {
                    fields.set(field.getResultKey(), of(raw, Parser.parseType(type), field.getChildren()));
                } else if (field.getChildren().isEmpty()) {
                    fields.putNull(field.getResultKey());
                }
            }
            return fields;
        }
    }

    private static @Nullable String typeOf(CustomTypes.ObjectType object, String field) {
        for (ActionMetadata.Argument candidate : object.fields()) {
            if (candidate.name().equals(field)) {
                return candidate.type();
            }
        }
        return null;
    }
}
