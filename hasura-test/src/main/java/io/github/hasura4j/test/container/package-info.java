/**
 * The real engine in a container, for those who have Docker. Begin with
 * {@link io.github.hasura4j.test.container.HasuraContainer}.
 */
@NullMarked
package io.github.hasura4j.test.container;

import org.jspecify.annotations.NullMarked;
