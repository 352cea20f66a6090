package io.github.hasura4j.test.engine.metadata;

import java.util.function.Supplier;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The metadata while a command changes them. */
final class MetadataDocument {

    private final ObjectNode root;

    MetadataDocument(ObjectNode root) {
        this.root = root;
    }

    ObjectNode root() {
        return root;
    }

    /** A list of the whole document, made if it is not there. */
    ArrayNode list(String section) {
        return list(root, section);
    }

    static ArrayNode list(ObjectNode owner, String key) {
        return owner.path(key) instanceof ArrayNode list ? list : owner.putArray(key);
    }

    /** The source that a command is about. */
    ObjectNode source(CommandArgs args) {
        String name = args.textOr("source", "default");
        for (JsonNode source : list("sources")) {
            if (source.path("name").asString("").equals(name)) {
                return (ObjectNode) source;
            }
        }
        throw EngineException.of("not-exists", "$.args.source", "source with name \"" + name + "\" does not exist");
    }

    /** The tracked table that a command is about. */
    ObjectNode table(CommandArgs args) {
        TableName name = args.table();
        ObjectNode table = byName(list(source(args), "tables"), "table", name);
        if (table == null) {
            throw EngineException.of(
                    "not-exists",
                    "$.args.table",
                    "table \"" + shown(name) + "\" does not exist in source: " + args.textOr("source", "default"));
        }
        return table;
    }

    /** The element whose key is a table's or function's name, or null. */
    static @Nullable ObjectNode byName(ArrayNode list, String key, TableName name) {
        for (JsonNode element : list) {
            if (name.equals(CommandArgs.name(element.path(key)))) {
                return (ObjectNode) element;
            }
        }
        return null;
    }

    /** The element whose key is a text, or null. */
    static @Nullable ObjectNode by(ArrayNode list, String key, String text) {
        for (JsonNode element : list) {
            if (element.path(key).asString("").equals(text)) {
                return (ObjectNode) element;
            }
        }
        return null;
    }

    /** The element whose key is a text. */
    static ObjectNode require(ArrayNode list, String key, String text, Supplier<EngineException> missing) {
        ObjectNode element = by(list, key, text);
        if (element == null) {
            throw missing.get();
        }
        return element;
    }

    /** Takes an element out. */
    static void remove(ArrayNode list, ObjectNode element) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i) == element) {
                list.remove(i);
                return;
            }
        }
    }

    /** A table's name as the metadata write it. */
    static ObjectNode write(TableName name) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("schema", name.schema())
                .put("name", name.name());
    }

    /** A table's name as messages have it. */
    static String shown(TableName name) {
        return name.schema().equals("public") ? name.name() : name.toString();
    }
}
