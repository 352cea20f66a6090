package io.github.hasura4j.client;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A subscription to one root field, said in Java like a {@link DynamicCall}; {@link HasuraClient#document} does the same with
 * text. The steps change it and return it; it belongs to one thread.
 *
 * <p>What opens it throws {@link HasuraRequestException} if the schema does not know a field or argument, or a value cannot be
 * written as JSON. With arguments anywhere the schema is asked for, which is a request over HTTP with its exceptions.
 */
public interface DynamicSubscription {

    /**
     * Gives the root field an argument. A null is sent as null, which is not the same as leaving the argument out.
     *
     * @throws IllegalArgumentException if the name is no GraphQL name
     */
    DynamicSubscription arg(String name, @Nullable Object value);

    /**
     * Adds fields to be answered, by name.
     *
     * @throws IllegalArgumentException if one is no GraphQL name
     */
    DynamicSubscription select(String... fields);

    /**
     * Adds fields to be answered: names for plain ones, a {@link Selection} for one with fields, arguments or an alias.
     *
     * @throws IllegalArgumentException if one is neither, or no GraphQL name
     */
    DynamicSubscription select(Object... fields);

    /** The rows, each time all of them; a single object counts as one row, null as none. */
    <T> LiveQuery<List<T>> liveRows(Class<T> type);

    /** The one row there is, of a field such as {@code user_by_pk}; empty while there is none. Several rows are an error. */
    <T> LiveQuery<Optional<T>> liveRow(Class<T> type);

    /**
     * Every row once, of a field such as {@code event_log_stream}: the cursor becomes the argument {@code cursor}, its columns
     * are added to the selection, and {@code batch_size} is 100 unless it is given with {@link #arg}.
     */
    <T> CursorStream<T> stream(Class<T> type, Cursor cursor);
}
