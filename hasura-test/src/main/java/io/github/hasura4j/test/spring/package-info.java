/**
 * The local engine for tests of Spring Boot applications. Begin with
 * {@link io.github.hasura4j.test.spring.AutoConfigureLocalHasura}.
 */
@NullMarked
package io.github.hasura4j.test.spring;

import org.jspecify.annotations.NullMarked;
