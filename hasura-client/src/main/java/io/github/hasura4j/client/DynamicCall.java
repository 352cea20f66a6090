package io.github.hasura4j.client;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

/**
 * A query or mutation of one root field, said in Java; {@link HasuraClient#document} is for everything beyond that.
 *
 * <p>The steps change this call and return it. A call may be executed more than once, but belongs to one thread.
 *
 * <p>Values always travel as variables. A call with an argument anywhere learns the types from the engine's schema (see
 * {@link HasuraClient}) and is checked against it; a call without arguments is checked where the schema is at hand already, and
 * is else sent as it is for the engine to check. A client with {@link SchemaSource#none()} writes the values down instead.
 */
public interface DynamicCall {

    /**
     * Gives the root field an argument. A null is sent as null, which is not the same as leaving the argument out, as an absent
     * {@link io.github.hasura4j.payload.Maybe} does.
     *
     * @param value anything the client's mapper writes: a map, a list, a record, a number, text, a date
     * @throws IllegalArgumentException if the name is no GraphQL name
     */
    DynamicCall arg(String name, @Nullable Object value);

    /**
     * Adds fields to be answered, by name.
     *
     * @throws IllegalArgumentException if one is no GraphQL name
     */
    DynamicCall select(String... fields);

    /**
     * Adds fields to be answered: names for plain ones, a {@link Selection} for one with fields, arguments or an alias.
     *
     * @param fields each a {@code String} or a {@code Selection}
     * @throws IllegalArgumentException if one is neither, or no GraphQL name
     */
    DynamicCall select(Object... fields);

    /**
     * Sends the call and waits for the answer. Errors that the engine answers with are in the result, which raises them as
     * soon as its data is used.
     *
     * @throws HasuraRequestException if the schema does not know a field or argument, an object is asked for without
     *     {@code select}, or a value cannot be written as JSON; nothing but the question for the schema was sent
     * @throws HasuraTransportException if there is no GraphQL answer
     * @throws HasuraGraphQlException if the engine refuses to tell its schema
     */
    DynamicResult execute();

    /**
     * Names the operation, for logs, metrics and allow lists; it is called like its field unless named.
     *
     * @throws IllegalArgumentException if it is no GraphQL name
     */
    DynamicCall named(String operationName);

    /**
     * Adds a directive to the operation, its arguments written into the document; {@link Selection#directive} does so for a field.
     *
     * @throws IllegalArgumentException if a name is no GraphQL name
     */
    DynamicCall directive(String name, Map<String, ? extends @Nullable Object> arguments);

    /**
     * Lets the engine answer from its cache for so long ({@code @cached}). Hasura Cloud and the Enterprise edition do; the community
     * edition takes no notice. {@link DynamicResult#headers()} tells what the cache did.
     *
     * @param lifetime in whole seconds, at least one
     * @throws IllegalStateException if this is a mutation
     */
    DynamicCall cached(Duration lifetime);

    /** How long this call may take, repetitions included; the client's request timeout unless set. */
    DynamicCall timeout(Duration timeout);

    /**
     * Sends a header with this call alone; the last value of a name counts.
     *
     * @throws IllegalArgumentException if the header is one that the client sets itself, or cannot be sent as it is
     */
    DynamicCall header(String name, String value);

    /** Says that this mutation may run twice without harm, so that it is repeated as freely as a query; see {@link RetryPolicy}. */
    DynamicCall idempotent();

    /**
     * The same as {@link #execute}, without waiting; what that throws is what the future fails with. Cancelling the future aborts
     * the request.
     */
    CompletableFuture<DynamicResult> executeAsync();
}
