package io.github.hasura4j.test.engine.schema;

import io.github.hasura4j.client.project.ActionMetadata;

/** What stands behind a field of {@code query_root} or {@code mutation_root}. */
public sealed interface RootField {

    /**
     * A generated field of a table.
     *
     * @param kind what it does
     * @param table the table
     */
    record OfTable(Kind kind, TrackedTable table) implements RootField {}

    /**
     * A tracked function.
     *
     * @param kind whether it lists or aggregates
     * @param function the function
     */
    record OfFunction(Kind kind, TrackedFunction function) implements RootField {}

    /**
     * A native query.
     *
     * @param query the query
     */
    record OfNativeQuery(TrackedNativeQuery query) implements RootField {}

    /**
     * An action.
     *
     * @param action the action
     */
    record OfAction(ActionMetadata action) implements RootField {}

    /**
     * What became of an asynchronous action.
     *
     * @param action the action
     */
    record OfActionResult(ActionMetadata action) implements RootField {}

    /**
     * A field of a remote schema.
     *
     * @param remoteSchema the remote schema's name
     * @param namespace whether it is none of the server's, but holds those
     */
    record OfRemoteSchema(String remoteSchema, boolean namespace) implements RootField {}

    /** What a generated field does. */
    enum Kind {
        SELECT,
        SELECT_BY_PK,
        SELECT_AGGREGATE,
        SELECT_STREAM,
        FUNCTION,
        FUNCTION_AGGREGATE,
        INSERT,
        INSERT_ONE,
        UPDATE,
        UPDATE_BY_PK,
        UPDATE_MANY,
        DELETE,
        DELETE_BY_PK;

        /** Whether it changes rows. */
        public boolean writes() {
            return compareTo(INSERT) >= 0;
        }
    }
}
