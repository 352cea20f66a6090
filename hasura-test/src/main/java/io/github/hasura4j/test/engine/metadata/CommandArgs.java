package io.github.hasura4j.test.engine.metadata;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of one command.
 *
 * @param command the command's name, without the prefix of a database
 * @param ofSource whether the name had such a prefix
 * @param json the arguments
 */
record CommandArgs(String command, boolean ofSource, JsonNode json) {

    /** A text that has to be there. */
    String text(String key) {
        JsonNode value = json.path(key);
        if (!value.isString() || value.stringValue().isEmpty()) {
            throw wrong(value.isMissingNode() ? "key \"" + key + "\" not found" : "parsing " + key + " failed");
        }
        return value.stringValue();
    }

    String textOr(String key, String otherwise) {
        return json.path(key).asString(otherwise);
    }

    boolean flag(String key) {
        return json.path(key).asBoolean(false);
    }

    int numberOr(String key, int otherwise) {
        return json.path(key).asInt(otherwise);
    }

    /** An object that has to be there; a copy. */
    ObjectNode object(String key) {
        if (json.path(key) instanceof ObjectNode object) {
            return object.deepCopy();
        }
        throw wrong("key \"" + key + "\" not found");
    }

    TableName table() {
        return table("table");
    }

    TableName table(String key) {
        TableName name = name(json.path(key));
        if (name == null) {
            throw wrong("key \"" + key + "\" not found");
        }
        return name;
    }

    /** A table's or function's name as the metadata write it, or null. */
    static @Nullable TableName name(JsonNode json) {
        if (json.isString()) {
            return TableName.of(json.stringValue());
        }
        return json.path("name").isString()
                ? new TableName(
                        json.path("schema").asString("public"),
                        json.path("name").stringValue())
                : null;
    }

    /** The same arguments with some of the keys alone. */
    ObjectNode only(String... keys) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (String key : keys) {
            JsonNode value = json.path(key);
            if (!value.isMissingNode() && !value.isNull()) {
                copy.set(key, value.deepCopy());
            }
        }
        return copy;
    }

    /** Arguments that do not fit the command. */
    EngineException wrong(String why) {
        return EngineException.of(
                "parse-failed", "$.args", (ofSource ? "Error when parsing command " + command + ".\n" : "") + why);
    }

    /** Leaves the values out. */
    @Override
    public String toString() {
        return "CommandArgs[" + command + "]";
    }
}
