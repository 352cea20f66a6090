package io.github.hasura4j.test.engine.remote;

import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.schema.GraphQlNames;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns JSON into GraphQL literals and back. */
final class Literals {

    private Literals() {}

    /** A literal without variables as JSON; a word of an enum becomes a text. */
    static JsonNode toJson(Value<?> value) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        if (value instanceof ArrayValue list) {
            ArrayNode elements = json.arrayNode();
            list.getValues().forEach(element -> elements.add(toJson(element)));
            return elements;
        }
        if (value instanceof ObjectValue object) {
            ObjectNode fields = json.objectNode();
            object.getObjectFields().forEach(field -> fields.set(field.getName(), toJson(field.getValue())));
            return fields;
        }
        if (value instanceof IntValue number) {
            return json.numberNode(number.getValue());
        }
        if (value instanceof FloatValue number) {
            return json.numberNode(number.getValue());
        }
        if (value instanceof BooleanValue flag) {
            return json.booleanNode(flag.isValue());
        }
        if (value instanceof StringValue text) {
            return json.stringNode(text.getValue());
        }
        return value instanceof EnumValue word ? json.stringNode(word.getName()) : json.nullNode();
    }

    /**
     * JSON as a literal.
     *
     * @throws EngineException if an object has a key that GraphQL cannot write
     */
    static Value<?> of(JsonNode json) {
        if (json.isArray()) {
            ArrayValue.Builder list = ArrayValue.newArrayValue();
            json.forEach(element -> list.value(of(element)));
            return list.build();
        }
        if (json.isObject()) {
            ObjectValue.Builder object = ObjectValue.newObjectValue();
            json.properties().forEach(field -> {
                if (!GraphQlNames.isName(field.getKey())) {
                    throw EngineException.validation("$", "\"" + field.getKey() + "\" is not a valid GraphQL name");
                }
                object.objectField(new ObjectField(field.getKey(), of(field.getValue())));
            });
            return object.build();
        }
        if (json.isIntegralNumber()) {
            return new IntValue(json.bigIntegerValue());
        }
        if (json.isNumber()) {
            return new FloatValue(json.decimalValue());
        }
        if (json.isBoolean()) {
            return new BooleanValue(json.booleanValue());
        }
        return json.isString() ? new StringValue(json.stringValue()) : NullValue.of();
    }
}
