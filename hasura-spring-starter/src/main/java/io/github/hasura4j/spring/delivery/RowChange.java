package io.github.hasura4j.spring.delivery;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.internal.ReadLimits;
import io.github.hasura4j.payload.Operation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** What filters look at of an event ({@code webhooks.md} 2.2), read in one pass that skips over everything else. */
final class RowChange {

    /** Numbers keep their digits. */
    static final JsonMapper JSON = ReadLimits.widen(JsonMapper.shared())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private boolean event;
    private boolean manual;
    private boolean session;
    private String operation = "";
    private String schema = "public";
    private String table = "";
    private @Nullable Map<String, JsonNode> before;
    private @Nullable Map<String, JsonNode> after;

    private RowChange() {}

    /**
     * Reads a body.
     *
     * @param columns what is wanted of the rows
     * @throws tools.jackson.core.JacksonException if it is no JSON
     */
    static RowChange read(byte[] body, Set<String> columns) {
        RowChange change = new RowChange();
        try (JsonParser parser = JSON.createParser(body)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                change.readPayload(parser, columns);
            }
        }
        return change;
    }

    private void readPayload(JsonParser parser, Set<String> columns) {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (object && key.equals("event")) {
                event = true;
                readEvent(parser, columns);
            } else if (object && key.equals("table")) {
                readTable(parser);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readEvent(JsonParser parser, Set<String> columns) {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken token = parser.nextToken();
            manual |= key.equals("new") || key.equals("row");
            session |= key.equals("session_variables");
            if (token == JsonToken.VALUE_STRING && key.equals("op")) {
                operation = parser.getString();
            } else if (token == JsonToken.START_OBJECT && key.equals("data") && !columns.isEmpty()) {
                readRows(parser, columns);
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readTable(JsonParser parser) {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.VALUE_STRING && key.equals("schema")) {
                schema = parser.getString();
            } else if (token == JsonToken.VALUE_STRING && key.equals("name")) {
                table = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
    }

    private void readRows(JsonParser parser, Set<String> columns) {
        for (String key = parser.nextName(); key != null; key = parser.nextName()) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (object && key.equals("old")) {
                before = row(parser, columns);
            } else if (object && key.equals("new")) {
                after = row(parser, columns);
            } else {
                parser.skipChildren();
            }
        }
    }

    private static Map<String, JsonNode> row(JsonParser parser, Set<String> columns) {
        Map<String, JsonNode> row = new HashMap<>();
        for (String column = parser.nextName(); column != null; column = parser.nextName()) {
            JsonToken token = parser.nextToken();
            if (!columns.contains(column)) {
                parser.skipChildren();
            } else if (token == JsonToken.VALUE_NULL) {
                row.put(column, NullNode.getInstance());
            } else {
                row.put(column, parser.readValueAsTree());
            }
        }
        return row;
    }

    /** Whether it has the shape of an event; else whoever decodes it says what is wrong. */
    boolean isEvent() {
        return event;
    }

    /** The engine's word for it; some engines have none for an invocation by hand, and put the row where others put data. */
    String operation() {
        return operation.isEmpty() && manual ? Operation.MANUAL.name() : operation;
    }

    /** Whether columns that are null are not sent: SQL Server's events do so, and have no session. */
    boolean leavesOutNulls() {
        return !session;
    }

    String schema() {
        return schema;
    }

    String table() {
        return table;
    }

    /** A column of the old row; JSON's null if there is none. */
    JsonNode before(String column) {
        return value(before, column);
    }

    /** A column of the new row; JSON's null if there is none. */
    JsonNode after(String column) {
        return value(after, column);
    }

    private static JsonNode value(@Nullable Map<String, JsonNode> row, String column) {
        return row == null ? NullNode.getInstance() : row.getOrDefault(column, NullNode.getInstance());
    }

    /** Whether one of the rows has the column. */
    boolean has(String column) {
        return before != null && before.containsKey(column) || after != null && after.containsKey(column);
    }
}
