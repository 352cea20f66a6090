/** The tracked tables and each role's GraphQL schema; begin with {@link io.github.hasura4j.test.engine.schema.SchemaFactory}. */
@NullMarked
package io.github.hasura4j.test.engine.schema;

import org.jspecify.annotations.NullMarked;
