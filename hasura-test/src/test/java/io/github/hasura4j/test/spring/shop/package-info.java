/** An application with a handler of each kind, for the tests of the slice and of the tester. */
@NullMarked
package io.github.hasura4j.test.spring.shop;

import org.jspecify.annotations.NullMarked;
