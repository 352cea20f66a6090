package io.github.hasura4j.test.engine.schema;

import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.SDLDefinition;

/**
 * What a remote schema adds to one role's schema.
 *
 * @param name the remote schema's name
 * @param namespaced whether the root fields stand below one field
 * @param queries the fields of {@code query_root}
 * @param mutations the fields of {@code mutation_root}; empty for none
 * @param subscriptions the fields of {@code subscription_root}; empty for none
 * @param types all its other types
 */
public record RemoteTypes(
        String name,
        boolean namespaced,
        List<FieldDefinition> queries,
        List<FieldDefinition> mutations,
        List<FieldDefinition> subscriptions,
        List<SDLDefinition<?>> types) {}
