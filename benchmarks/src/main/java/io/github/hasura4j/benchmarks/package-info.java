/** What the starter's dispatching costs; begin with {@code load.sh}, and with {@link io.github.hasura4j.benchmarks.DispatchBenchmark}. */
@NullMarked
package io.github.hasura4j.benchmarks;

import org.jspecify.annotations.NullMarked;
