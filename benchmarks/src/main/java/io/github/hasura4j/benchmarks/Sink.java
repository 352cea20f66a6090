package io.github.hasura4j.benchmarks;

import org.jspecify.annotations.Nullable;

/** Keeps what a handler was given from being optimised away. */
final class Sink {

    @SuppressWarnings("unused")
    private static volatile @Nullable Object last;

    private Sink() {}

    static void take(@Nullable Object value) {
        last = value;
    }
}
