package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The column that a {@link CursorStream} follows, and how. Immutable, so every step returns a new cursor.
 *
 * <p>The best cursor is a column that grows by itself and is unique, such as a {@code bigserial}: {@code Cursor.on("seq")}.
 * With any other, rows can get lost inside the engine:
 * <ul>
 * <li><b>Ties.</b> Rows of the same value that do not fit into one batch: the engine goes on behind the value, and the rest is
 *     never sent (hasura/graphql-engine#9528; newer engines send all ties of a batch). Say what tells rows apart with
 *     {@link #key}, and make {@code batch_size} larger than any group of ties.
 * <li><b>Late commits.</b> Rows that become visible after later ones, as when a long transaction commits a
 *     {@code created_at} or a sequence value of its beginning (hasura/graphql-engine#8632): the engine has passed that value.
 *     {@link #overlap} with {@link CursorStream#rereadEvery} finds those that are late by no more than some rows, and
 *     delivers them late. What is later than that is lost.
 * </ul>
 */
public final class Cursor {

    private final String column;
    private final @Nullable Object from;
    private final boolean descending;
    private final List<String> key;
    private final int overlap;
    private final String variable;

    private Cursor(
            String column, @Nullable Object from, boolean descending, List<String> key, int overlap, String variable) {
        this.column = column;
        this.from = from;
        this.descending = descending;
        this.key = key;
        this.overlap = overlap;
        this.variable = variable;
    }

    /**
     * A cursor on the column of this name, as the answer has it.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public static Cursor on(String column) {
        return new Cursor(Names.checked(column), null, false, List.of(), 0, column);
    }

    /** Where to begin if there is no position yet: with the rows behind this value. Null, unless set, which the engine may refuse. */
    public Cursor from(Object value) {
        return new Cursor(column, value, descending, key, overlap, variable);
    }

    /** Follows falling values; unless set, rising ones. A document says so in its text as well. */
    public Cursor descending() {
        return new Cursor(column, from, true, key, overlap, variable);
    }

    /**
     * The columns that tell rows apart, usually the primary key, for a cursor column that is not unique. Rows at the position
     * are then read again after an interruption, and those that were delivered already are dropped. That takes a cursor
     * column with numbers, dates or timestamps.
     *
     * @throws IllegalArgumentException if there is none, or one is no GraphQL name
     */
    public Cursor key(String... columns) {
        if (columns.length == 0) {
            throw new IllegalArgumentException("key() without columns tells nothing apart: name the primary key's.");
        }
        List<String> checked = new ArrayList<>();
        for (String each : columns) {
            checked.add(Names.checked(each));
        }
        return new Cursor(column, from, descending, List.copyOf(checked), overlap, variable);
    }

    /**
     * How many delivered rows to read again whenever the stream resumes, to find rows between them that were committed late.
     * That takes a cursor column with numbers, dates or timestamps. None unless set, 10,000 at most.
     *
     * @throws IllegalArgumentException if it is negative or too large
     */
    public Cursor overlap(int rows) {
        if (rows < 0 || rows > Position.MOST_REMEMBERED) {
            throw new IllegalArgumentException(
                    "An overlap has 0 to %d rows, not %d".formatted(Position.MOST_REMEMBERED, rows));
        }
        return new Cursor(column, from, descending, key, rows, variable);
    }

    /**
     * For documents: the variable that holds {@code initial_value}'s column, unless it is named like the column.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    public Cursor variable(String name) {
        return new Cursor(column, from, descending, key, overlap, Names.checked(name));
    }

    String column() {
        return column;
    }

    @Nullable
    Object from() {
        return from;
    }

    boolean isDescending() {
        return descending;
    }

    /** Whether the column alone tells rows apart. */
    boolean isUnique() {
        return key.isEmpty() || key.equals(List.of(column));
    }

    List<String> keyColumns() {
        return isUnique() ? List.of(column) : key;
    }

    int overlap() {
        return overlap;
    }

    String variable() {
        return variable;
    }

    /** Shows names, not the value it begins with. */
    @Override
    public String toString() {
        return "Cursor[" + column + (descending ? " descending" : "") + (isUnique() ? "" : ", key=" + key) + "]";
    }
}
