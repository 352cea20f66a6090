package io.github.hasura4j.example;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A row of the table {@code user}, as an event or a query has it.
 *
 * @param id its key
 * @param name the user's name
 */
record User(@Nullable UUID id, @Nullable String name) {}
