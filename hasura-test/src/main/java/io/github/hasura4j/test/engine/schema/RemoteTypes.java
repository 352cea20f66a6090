package io.github.hasura4j.test.engine.schema;

import java.util.List;

import graphql.language.FieldDefinition;
import graphql.language.SDLDefinition;

/**
 * What a remote schema adds to every role's schema.
 *
 * @param name the remote schema's name
 * @param queries the fields of its query type
 * @param mutations the fields of its mutation type; empty for none
 * @param types all its other types
 */
public record RemoteTypes(
        String name, List<FieldDefinition> queries, List<FieldDefinition> mutations, List<SDLDefinition<?>> types) {}
