package io.github.hasura4j.client.metadata;

import io.github.hasura4j.client.project.Metadata;
import tools.jackson.databind.node.ObjectNode;

/** Metadata as the engine gave it out. Immutable and safe to share; {@code toString()} does not show it. */
public final class MetadataExport {

    private final long resourceVersion;
    private final ObjectNode document;

    MetadataExport(long resourceVersion, ObjectNode document) {
        this.resourceVersion = resourceVersion;
        this.document = document;
    }

    /** Which version it is; {@link ReplaceOptions#ifVersion} makes sure that nothing newer is overwritten. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /** All of it, in the engine's order; a copy, yours to change. */
    public ObjectNode document() {
        return document.deepCopy();
    }

    /** The modelled parts. */
    public Metadata metadata() {
        return Metadata.from(document);
    }

    boolean hasDocument(ObjectNode other) {
        return document.equals(other);
    }

    @Override
    public String toString() {
        return "MetadataExport[resourceVersion=" + resourceVersion + "]";
    }
}
