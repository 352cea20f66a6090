package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.Position.Row;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Picks cursor and key columns out of a batch in one pass, and leaves everything else to whoever reads the rows. */
final class CursorRows {

    private final GraphQlRequest request;
    private final Cursor cursor;
    private final String path;
    private final ObjectReader reader;
    private final JsonMapper mapper;

    CursorRows(GraphQlRequest request, Cursor cursor, String path, JsonMapper mapper) {
        this.request = request;
        this.cursor = cursor;
        this.path = path;
        this.mapper = mapper;
        this.reader = mapper.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** @throws HasuraDecodingException if there is no list at the path, or a row without one of the columns */
    List<Row> read(String answer) {
        List<Row> rows = new ArrayList<>();
        try (JsonParser parser = mapper.createParser(answer)) {
            parser.nextToken();
            enter(parser, "data");
            for (String segment : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
                enter(parser, segment);
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw missing(path, List.class, "no list", "A stream wants the path of its field.");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                rows.add(row(parser, path + "[" + rows.size() + "]"));
            }
        }
        return rows;
    }

    private void enter(JsonParser parser, String name) {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String each = parser.nextName(); each != null; each = parser.nextName()) {
                parser.nextToken();
                if (each.equals(name)) {
                    return;
                }
                parser.skipChildren();
            }
        }
        throw missing(path, List.class, "nothing", "A stream wants the path of its field.");
    }

    private Row row(JsonParser parser, String place) {
        Map<String, JsonNode> columns = new HashMap<>();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            for (String name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals(cursor.column()) || cursor.keyColumns().contains(name)) {
                    columns.put(name, reader.readValue(parser));
                } else {
                    parser.skipChildren();
                }
            }
        }
        JsonNode at = column(columns, cursor.column(), place);
        List<JsonNode> key = new ArrayList<>();
        for (String each : cursor.keyColumns()) {
            key.add(column(columns, each, place));
        }
        return new Row(cursor, at, cursor.isUnique() ? "" : key.toString());
    }

    private JsonNode column(Map<String, JsonNode> columns, String name, String place) {
        JsonNode value = columns.get(name);
        if (value == null || value.isNull()) {
            throw missing(
                    place + "." + name,
                    JsonNode.class,
                    value == null ? "nothing" : "null",
                    "Select the columns of cursor and key, and follow one that is never null.");
        }
        return value;
    }

    private HasuraDecodingException missing(String place, Class<?> wanted, String found, String advice) {
        return new HasuraDecodingException(request, place, wanted, found, advice, null);
    }
}
