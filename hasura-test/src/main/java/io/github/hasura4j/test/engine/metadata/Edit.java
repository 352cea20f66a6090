package io.github.hasura4j.test.engine.metadata;

/** A command that changes the metadata. */
interface Edit {

    /**
     * Changes a copy of the metadata.
     *
     * @throws io.github.hasura4j.test.engine.EngineException if it cannot be done
     */
    Edited apply(MetadataDocument document, CommandArgs args);
}
