package io.github.hasura4j.client.metadata;

import java.util.List;

/**
 * What the engine says about metadata that it took.
 *
 * @param inconsistentObjects what it cannot use; empty unless inconsistent metadata was allowed
 * @param warnings what it warns of; older engines never do
 */
public record ReplaceResult(List<InconsistentObject> inconsistentObjects, List<MetadataWarning> warnings) {

    public ReplaceResult {
        inconsistentObjects = List.copyOf(inconsistentObjects);
        warnings = List.copyOf(warnings);
    }

    /** Whether the engine can use all of it. */
    public boolean isConsistent() {
        return inconsistentObjects.isEmpty();
    }
}
