/** What Spring Boot applications get on top of the local engine; needs Spring Boot on the class path, nothing else does. */
@NullMarked
package io.github.hasura4j.test.autoconfigure;

import org.jspecify.annotations.NullMarked;
