/** From GraphQL fields to SQL, one statement a root field; begin with {@link io.github.hasura4j.test.engine.sql.Selects}. */
@NullMarked
package io.github.hasura4j.test.engine.sql;

import org.jspecify.annotations.NullMarked;
