package io.github.hasura4j.spring.metadata;

import java.util.List;
import java.util.stream.Collectors;

import io.github.hasura4j.client.project.MetadataChange;
import io.github.hasura4j.spring.HasuraWebhookException;

/** Metadata cannot be made what the handlers want, because entries are somebody else's; nothing was written. */
public final class MetadataConflictsException extends HasuraWebhookException {

    private final transient List<MetadataChange> conflicts;

    /** @param conflicts the entries */
    public MetadataConflictsException(List<MetadataChange> conflicts) {
        super(
                "The metadata cannot be made what the handlers want:\n"
                        + conflicts.stream().map(MetadataChange::toString).collect(Collectors.joining("\n")),
                null);
        this.conflicts = List.copyOf(conflicts);
    }

    /** The entries that are in the way. */
    public List<MetadataChange> conflicts() {
        return conflicts;
    }
}
