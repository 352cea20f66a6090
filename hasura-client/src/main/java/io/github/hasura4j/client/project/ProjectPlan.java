package io.github.hasura4j.client.project;

import java.util.List;
import java.util.stream.Collectors;

/** What would have to be written for a project's files to say something else. Immutable; nothing is written before {@link #apply}. */
public final class ProjectPlan {

    private final List<FileChange> changes;

    ProjectPlan(List<FileChange> changes) {
        this.changes = List.copyOf(changes);
    }

    /** The files that change; none if they say it already. Not modifiable. */
    public List<FileChange> changes() {
        return changes;
    }

    /** Whether there is nothing to write. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** All changes as {@code diff -u} shows them; empty if there are none. */
    public String diff() {
        return changes.stream().map(FileChange::diff).collect(Collectors.joining());
    }

    /**
     * Writes the files, each at once. If one has changed since the plan was made, none is written.
     *
     * @throws HasuraProjectException if a file has changed meanwhile, or cannot be written
     */
    public void apply() {
        for (FileChange each : changes) {
            if (!each.isCurrent()) {
                throw new HasuraProjectException(
                        "'%s' has changed since the plan was made, so nothing was written. Make the plan again"
                                .formatted(each.file()),
                        null);
            }
        }
        changes.forEach(FileChange::write);
    }

    @Override
    public String toString() {
        return "ProjectPlan" + changes;
    }
}
