package io.github.hasura4j.test.engine.schema;

import java.util.Map;

import graphql.schema.GraphQLSchema;
import org.jspecify.annotations.Nullable;

/**
 * One role's view of the engine.
 *
 * @param schema the GraphQL schema
 * @param queries what stands behind the fields of {@code query_root}
 * @param mutations what stands behind the fields of {@code mutation_root}
 * @param subscriptions what stands behind the fields of {@code subscription_root}
 * @param unsupported fields the real engine would have, as {@code type.field}, and what they are
 */
public record RoleSchema(
        GraphQLSchema schema,
        Map<String, RootField> queries,
        Map<String, RootField> mutations,
        Map<String, RootField> subscriptions,
        Map<String, String> unsupported) {

    /** What the real engine has under this name, or null if it has nothing either. */
    public @Nullable String unsupported(String type, String field) {
        return unsupported.get(type + "." + field);
    }
}
