package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a stream has come: the value to go on behind, and the rows behind it that were delivered all the same, because others
 * may tie with them or turn up between them. Immutable.
 */
final class Position {

    static final int MOST_REMEMBERED = 10_000;

    private final Cursor cursor;
    private final JsonNode after;
    private final List<Row> delivered;

    private Position(Cursor cursor, JsonNode after, List<Row> delivered) {
        this.cursor = cursor;
        this.after = after;
        this.delivered = delivered;
    }

    /** What is known of a row; two are the same if key and cursor value are, so that a row that moved counts as new. */
    static final class Row {

        private final JsonNode at;
        private final String value;
        private final String key;
        private final @Nullable CursorPoint point;

        Row(Cursor cursor, JsonNode at, String key) {
            this.at = at;
            this.value = at.isValueNode() ? at.asString() : at.toString(); // A bigint may come as a number and as text.
            this.key = key;
            this.point = isSimple(cursor) ? null : CursorPoint.of(at, cursor.column());
        }

        private CursorPoint point() {
            return Objects.requireNonNull(point);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Row that && value.equals(that.value) && key.equals(that.key);
        }

        @Override
        public int hashCode() {
            return 31 * value.hashCode() + key.hashCode();
        }
    }

    /**
     * What a batch does to a position.
     *
     * @param position the one after it
     * @param fresh which of its rows have not been delivered yet
     */
    record Step(Position position, BitSet fresh) {}

    static Position start(Cursor cursor, JsonNode after) {
        return new Position(cursor, after, List.of());
    }

    /** Whether the last value says everything: nothing ties and nothing is read again. */
    private static boolean isSimple(Cursor cursor) {
        return cursor.isUnique() && cursor.overlap() == 0;
    }

    /** Where to go on. */
    JsonNode after() {
        return after;
    }

    /**
     * Takes a batch, in the engine's order.
     *
     * @throws IllegalStateException if two rows cannot be told apart, or too many tie
     */
    Step advance(List<Row> rows) {
        if (cursor.isUnique()) {
            refuseTies(rows);
        }
        BitSet fresh = new BitSet(rows.size());
        if (isSimple(cursor)) {
            fresh.set(0, rows.size());
            return new Step(new Position(cursor, rows.get(rows.size() - 1).at, List.of()), fresh);
        }
        Set<Row> known = new HashSet<>(delivered);
        List<Row> all = new ArrayList<>(delivered);
        for (int i = 0; i < rows.size(); i++) {
            if (known.add(rows.get(i))) {
                fresh.set(i);
                all.add(rows.get(i));
            }
        }
        Comparator<Row> order = Comparator.comparing(Row::point);
        all.sort(cursor.isDescending() ? order.reversed() : order);
        return new Step(forget(all), fresh);
    }

    private void refuseTies(List<Row> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).value.equals(rows.get(i).value)) {
                throw new IllegalStateException(
                        "Two rows have the same value of the cursor column '%s', so rows could get lost between batches. Follow a unique column, or say what tells rows apart with key(…)."
                                .formatted(cursor.column()));
            }
        }
    }

    /** Keeps the overlap and what ties with the last row, and begins between two different values. */
    private Position forget(List<Row> all) {
        int first = Math.max(0, all.size() - cursor.overlap());
        if (!cursor.isUnique()) {
            first = Math.min(first, all.size() - 1);
        }
        while (first > 0 && first < all.size() && compare(all, first - 1, first) == 0) {
            first--;
        }
        List<Row> kept = List.copyOf(all.subList(first, all.size()));
        if (kept.size() > MOST_REMEMBERED + cursor.overlap()) {
            throw new IllegalStateException(
                    "More than %d rows have the same value of the cursor column '%s'. Follow a column with fewer ties."
                            .formatted(MOST_REMEMBERED, cursor.column()));
        }
        return new Position(cursor, first == 0 ? after : all.get(first - 1).at, kept);
    }

    private static int compare(List<Row> rows, int one, int other) {
        return rows.get(one).point().compareTo(rows.get(other).point());
    }

    /** For a {@link CursorStore}. */
    String write(JsonMapper mapper) {
        ObjectNode json = mapper.createObjectNode();
        json.put("cursor", name(cursor));
        json.set("after", after);
        if (!delivered.isEmpty()) {
            ArrayNode rows = json.putArray("delivered");
            delivered.forEach(row -> rows.addArray().add(row.at).add(row.key));
        }
        return mapper.writeValueAsString(json);
    }

    /**
     * From a {@link CursorStore}.
     *
     * @throws IllegalStateException if it is not of this cursor
     */
    static Position read(String text, String storedAs, Cursor cursor, JsonMapper mapper) {
        try {
            JsonNode json = mapper.readTree(text);
            if (json.path("cursor").asString("").equals(name(cursor)) && json.has("after")) {
                List<Row> delivered = new ArrayList<>();
                for (JsonNode row : json.path("delivered")) {
                    delivered.add(new Row(cursor, row.path(0), row.path(1).asString("")));
                }
                if (isSimple(cursor) && !delivered.isEmpty()) { // Saved when there was an overlap.
                    return start(cursor, delivered.get(delivered.size() - 1).at);
                }
                return new Position(cursor, json.get("after"), List.copyOf(delivered));
            }
        } catch (JacksonException e) {
            // Not one of ours.
        }
        throw new IllegalStateException(
                "What is stored as '%s' is no position on %s. Use another name for another cursor, or remove what is stored to begin anew."
                        .formatted(storedAs, name(cursor)));
    }

    private static String name(Cursor cursor) {
        return cursor.column()
                + (cursor.isDescending() ? " descending" : "")
                + (cursor.isUnique() ? "" : ", key " + cursor.keyColumns());
    }
}
