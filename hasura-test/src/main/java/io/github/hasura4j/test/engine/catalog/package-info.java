/** The embedded Postgres, its migrations and what it says of its tables; begin with {@link io.github.hasura4j.test.engine.catalog.Catalog}. */
@NullMarked
package io.github.hasura4j.test.engine.catalog;

import org.jspecify.annotations.NullMarked;
