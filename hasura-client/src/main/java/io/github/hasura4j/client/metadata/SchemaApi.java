package io.github.hasura4j.client.metadata;

import io.github.hasura4j.client.internal.EngineChannel;

/**
 * Runs SQL on the engine's databases, past all its permissions. It has to be enabled when the client is built, so that a client
 * at hand in a handler is no way to the database; and where a connection of your own is at hand, use that.
 *
 * <p>Immutable, and any thread may use it.
 */
public interface SchemaApi {

    /** For {@code HasuraClient.schemaApi()}. */
    static SchemaApi over(EngineChannel channel) {
        return new DefaultSchemaApi(new Commands(channel));
    }

    /** Runs SQL on the source {@code default}, in a transaction; see {@link #run(RunSql)}. */
    default SqlResult run(String sql) {
        return run(RunSql.of(sql));
    }

    /**
     * Runs SQL.
     *
     * @return what its last statement gives
     * @throws HasuraMetadataException with code {@code postgres-error} if the database refuses it: the message has the SQLSTATE,
     *     {@link HasuraMetadataException#internal()} the database's words; with {@code dependency-error} if it would take away
     *     what the metadata needs, see {@link RunSql#cascading()}
     */
    SqlResult run(RunSql sql);
}
