package io.github.hasura4j.client.project;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/**
 * Metadata with what an application wants.
 *
 * @param document the whole document, yours to change
 * @param changes what differs from the document before; none if it was all there. Not modifiable
 */
public record MergedMetadata(ObjectNode document, List<MetadataChange> changes) {

    public MergedMetadata {
        changes = List.copyOf(changes);
    }

    /** What could not be done, because it is somebody else's or has nowhere to go. */
    public List<MetadataChange> conflicts() {
        return changes.stream().filter(MetadataChange::isConflict).toList();
    }

    /** Names the changes. */
    @Override
    public String toString() {
        return "MergedMetadata" + changes;
    }
}
