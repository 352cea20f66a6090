package io.github.hasura4j.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/**
 * GraphQL text of your own with its variables, bound to your types.
 *
 * <pre>{@code
 * List<Team> teams = hasura.document("""
 *         query teams($city: String!) { team(where: {city: {_eq: $city}}) { id name } }""")
 *         .variable("city", city)
 *         .fetchList("team", Team.class);
 * }</pre>
 *
 * <p>The steps change this call and return it. A call may be executed more than once, but belongs to one thread. The text
 * is parsed before anything is sent, and remembered, so keep it constant and put values into variables.
 *
 * <p>A path leads through the answer's {@code data} by the names in the answer, joined with dots: {@code "team"},
 * {@code "user_by_pk.team"}; the empty path is {@code data} itself. All of {@code execute} and {@code fetch…} throw
 * <ul>
 * <li>{@link HasuraRequestException} if the text is no GraphQL, it is not clear which operation is meant, a variable is
 *     missing, unknown or cannot be written as JSON: nothing was sent;
 * <li>{@link HasuraTransportException} if there is no GraphQL answer.
 * </ul>
 * {@code fetch…} throw besides
 * <ul>
 * <li>{@link HasuraGraphQlException} if the engine answers with errors, even beside data;
 * <li>{@link HasuraDecodingException} if the answer has nothing at the path or does not fit the type.
 * </ul>
 */
public interface DocumentCall {

    /** Sets a variable. A null is sent as null; a variable that is never set is not sent, so that its default counts. */
    DocumentCall variable(String name, @Nullable Object value);

    /** Sets several variables, in addition to those set already. */
    DocumentCall variables(Map<String, ? extends @Nullable Object> variables);

    /**
     * Sets several variables by what a record or bean holds, named as the client's mapper names its properties. What is null is
     * sent as null; a {@link io.github.hasura4j.payload.Maybe} that is absent is not sent, so that the variable's default counts.
     *
     * @param variables usually a record; a map is taken as one
     * @throws IllegalArgumentException if it is something that has no properties, such as a text or a list
     */
    DocumentCall variables(Object variables);

    /** Says which operation is meant; needed only if the text has several. */
    DocumentCall operationName(String name);

    /** Sends the call and gives the answer as a tree, errors included; they are raised as soon as data is used. */
    Result<JsonNode> execute();

    /**
     * Sends the call and gives all data as one value, errors included; they are raised as soon as data is used.
     *
     * @param type usually a record with a component for each root field
     * @throws HasuraDecodingException if there are no errors and the data does not fit the type
     */
    <T> Result<T> execute(Class<T> type);

    /** The same for a type with type arguments of its own. */
    <T> Result<T> execute(TypeReference<T> type);

    /** The value at the path, which has to be there: a null is a {@link HasuraDecodingException}. */
    <T> T fetch(String path, Class<T> type);

    /** The same for a type with type arguments, such as {@code new TypeReference<Map<String, Team>>() {}}. */
    <T> T fetch(String path, TypeReference<T> type);

    /** The value at the path; empty if it, or something on the way to it, is null. */
    <T> Optional<T> fetchOptional(String path, Class<T> type);

    /** The same for a type with type arguments. */
    <T> Optional<T> fetchOptional(String path, TypeReference<T> type);

    /** The elements of the list at the path, not modifiable; empty if the list, or something on the way to it, is null. */
    <T> List<T> fetchList(String path, Class<T> type);

    /** The same for elements with type arguments of their own. */
    <T> List<T> fetchList(String path, TypeReference<T> type);

    /** How long this call may take, repetitions included; the client's request timeout unless set. */
    DocumentCall timeout(Duration timeout);

    /**
     * Sends a header with this call alone; the last value of a name counts.
     *
     * @throws IllegalArgumentException if the header is one that the client sets itself, a session variable
     *     ({@code x-hasura-*}), or cannot be sent as it is
     */
    DocumentCall header(String name, String value);

    /** Says that this mutation may run twice without harm, so that it is repeated as freely as a query; see {@link RetryPolicy}. */
    DocumentCall idempotent();

    /**
     * The same as {@link #execute()}, without waiting; what that throws is what the future fails with. Cancelling the future aborts
     * the request.
     */
    CompletableFuture<Result<JsonNode>> executeAsync();

    /** The same as {@link #execute(Class)}, without waiting. */
    <T> CompletableFuture<Result<T>> executeAsync(Class<T> type);

    /** The same as {@link #fetch(String, Class)}, without waiting. */
    <T> CompletableFuture<T> fetchAsync(String path, Class<T> type);

    /** The same as {@link #fetch(String, TypeReference)}, without waiting. */
    <T> CompletableFuture<T> fetchAsync(String path, TypeReference<T> type);

    /** The same as {@link #fetchOptional(String, Class)}, without waiting. */
    <T> CompletableFuture<Optional<T>> fetchOptionalAsync(String path, Class<T> type);

    /** The same as {@link #fetchOptional(String, TypeReference)}, without waiting. */
    <T> CompletableFuture<Optional<T>> fetchOptionalAsync(String path, TypeReference<T> type);

    /** The same as {@link #fetchList(String, Class)}, without waiting. */
    <T> CompletableFuture<List<T>> fetchListAsync(String path, Class<T> type);

    /** The same as {@link #fetchList(String, TypeReference)}, without waiting. */
    <T> CompletableFuture<List<T>> fetchListAsync(String path, TypeReference<T> type);

    /**
     * For a subscription: the value at the path, and every newer one; a null ends it as a {@link HasuraDecodingException}.
     * Nothing is sent before it is read.
     *
     * @throws HasuraRequestException if the text is no subscription, or as {@link #execute} does
     */
    <T> LiveQuery<T> live(String path, Class<T> type);

    /** As {@link #live}, for a value that may be null, such as a row that is not there yet or no more. */
    <T> LiveQuery<Optional<T>> liveOptional(String path, Class<T> type);

    /** As {@link #live}, for the elements of a list. */
    <T> LiveQuery<List<T>> liveList(String path, Class<T> type);

    /**
     * For a subscription to a field such as {@code event_log_stream}: every row in the list at the path, once. Its position goes
     * into the variable that the cursor names; cursor and key columns have to be selected.
     *
     * <pre>{@code
     * hasura.document("""
     *         subscription events($seq: bigint!) {
     *           event_log_stream(batch_size: 500, cursor: {initial_value: {seq: $seq}}) { seq kind payload }
     *         }""")
     *         .stream("event_log_stream", Event.class, Cursor.on("seq").from(0))
     * }</pre>
     *
     * @throws HasuraRequestException if the text is no subscription, or as {@link #execute} does
     */
    <T> CursorStream<T> stream(String path, Class<T> type, Cursor cursor);
}
