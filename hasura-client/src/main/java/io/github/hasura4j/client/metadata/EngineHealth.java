package io.github.hasura4j.client.metadata;

/** How an engine says it is. */
public enum EngineHealth {
    /** All is well. */
    OK,
    /** It serves, but some of its metadata is inconsistent: see {@link MetadataClient#inconsistencies()}. */
    INCONSISTENT,
    /** It cannot reach the database that holds its metadata. */
    ERROR
}
