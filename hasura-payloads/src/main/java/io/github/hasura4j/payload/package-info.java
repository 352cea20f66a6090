/**
 * What Hasura GraphQL Engine v2 sends to a webhook server, and what it expects back, as records.
 *
 * <p>Begin with {@link io.github.hasura4j.payload.ActionPayload} and {@link io.github.hasura4j.payload.EventPayload}. The
 * records carry annotations only, so Jackson 3 and Jackson 2 bind them alike; every type here is immutable, safe to
 * share between threads, and shows neither input, rows nor secrets in {@code toString()}.
 */
@NullMarked
package io.github.hasura4j.payload;

import org.jspecify.annotations.NullMarked;
