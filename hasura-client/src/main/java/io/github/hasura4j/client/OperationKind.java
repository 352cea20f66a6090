package io.github.hasura4j.client;

import java.util.Locale;

/** What an operation does. */
public enum OperationKind {
    /** It reads, and may be repeated. */
    QUERY,
    /** It changes something, and must not be repeated unless it was surely not run. */
    MUTATION,
    /** It goes on; over HTTP the engine refuses it. */
    SUBSCRIPTION;

    /** The keyword of GraphQL. */
    String keyword() {
        return name().toLowerCase(Locale.ROOT);
    }
}
