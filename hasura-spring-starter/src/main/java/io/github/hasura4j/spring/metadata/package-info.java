/**
 * What the handlers say about the engine's metadata, and where the two disagree.
 *
 * <p>Begin with {@link io.github.hasura4j.spring.metadata.HasuraContract} in a test, or with {@code hasura.metadata.mode} in the
 * application's properties.
 */
@NullMarked
package io.github.hasura4j.spring.metadata;

import org.jspecify.annotations.NullMarked;
