/** What the starter's dispatching costs; begin with the README of this module. */
@NullMarked
package io.github.hasura4j.benchmarks;

import org.jspecify.annotations.NullMarked;
