package io.github.hasura4j.client.metadata;

import java.util.List;

import io.github.hasura4j.client.metadata.Commands.Unreadable;
import tools.jackson.databind.JsonNode;

/**
 * What the last statement gives. All values are text as the database writes it, and SQL's null is the text {@code NULL}: select
 * {@code json_agg(…)} where that matters. {@code toString()} shows no row.
 *
 * @param columns the names; empty for a statement that gives no rows, such as {@code CREATE TABLE}
 * @param rows the values by row, in the order of the columns
 */
public record SqlResult(List<String> columns, List<List<String>> rows) {

    public SqlResult {
        columns = List.copyOf(columns);
        rows = rows.stream().map(List::copyOf).toList();
    }

    static SqlResult from(JsonNode json) {
        JsonNode result = Commands.object(json).path("result");
        switch (Commands.text(json, "result_type")) {
            case "CommandOk":
                return new SqlResult(List.of(), List.of());
            case "TuplesOk":
                if (Commands.array(result).isEmpty()) {
                    throw new Unreadable();
                }
                List<List<String>> lines = Json.list(result, SqlResult::texts);
                return new SqlResult(lines.get(0), lines.subList(1, lines.size()));
            default:
                throw new Unreadable();
        }
    }

    private static List<String> texts(JsonNode line) {
        return Json.list(Commands.array(line), JsonNode::asString);
    }

    @Override
    public String toString() {
        return "SqlResult[columns=" + columns + ", rows=" + rows.size() + "]";
    }
}
