package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.NativeQueryMetadata;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.SqlTypes;
import org.jspecify.annotations.Nullable;

/**
 * A native query whose logical model is known.
 *
 * @param metadata the metadata's part
 * @param model its rows, as if they were a table's
 */
public record TrackedNativeQuery(NativeQueryMetadata metadata, TrackedTable model) {

    /** The arguments that a client gives. */
    public List<Column> arguments() {
        List<Column> arguments = new ArrayList<>();
        metadata.arguments()
                .forEach(argument -> arguments.add(SqlTypes.column(
                        argument.name(), argument.type(), !argument.nullable(), argument.description())));
        return arguments;
    }

    /** The pieces of its SQL: text, and between two texts the name of an argument. */
    public List<Piece> pieces() {
        List<Piece> pieces = new ArrayList<>();
        String code = metadata.code().strip();
        int at = 0;
        for (int open = code.indexOf("{{"); open >= 0; open = code.indexOf("{{", at)) {
            int close = code.indexOf("}}", open);
            if (close < 0) {
                break;
            }
            pieces.add(new Piece(code.substring(at, open), null));
            pieces.add(new Piece("", code.substring(open + 2, close).strip()));
            at = close + 2;
        }
        String rest = code.substring(at);
        pieces.add(new Piece(rest.endsWith(";") ? rest.substring(0, rest.length() - 1) : rest, null));
        return pieces;
    }

    /** The arguments by name. */
    public Map<String, Column> argumentsByName() {
        Map<String, Column> byName = new LinkedHashMap<>();
        arguments().forEach(argument -> byName.put(argument.name(), argument));
        return byName;
    }

    /**
     * A piece of SQL.
     *
     * @param text SQL text
     * @param argument the argument that stands here instead; null for text
     */
    public record Piece(String text, @Nullable String argument) {}
}
