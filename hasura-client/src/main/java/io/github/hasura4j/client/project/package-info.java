/**
 * A Hasura project directory (config version 3 or 2) as Java values.
 *
 * <p>Begin with {@link io.github.hasura4j.client.project.HasuraProject#read}. Reading needs {@code snakeyaml-engine} on the
 * class path, which {@code hasura-client} does not bring along for those who only call the engine. What is not modelled stays
 * reachable as JSON.
 */
@NullMarked
package io.github.hasura4j.client.project;

import org.jspecify.annotations.NullMarked;
