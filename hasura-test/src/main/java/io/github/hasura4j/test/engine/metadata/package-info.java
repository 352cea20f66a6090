/** The metadata API and {@code run_sql}; begin with {@link io.github.hasura4j.test.engine.metadata.MetadataApi}. */
@NullMarked
package io.github.hasura4j.test.engine.metadata;

import org.jspecify.annotations.NullMarked;
