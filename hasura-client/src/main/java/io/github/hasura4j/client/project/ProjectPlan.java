package io.github.hasura4j.client.project;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
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
     * Writes the files: all of them, or none. New contents are written beside the files first, and then moved over them one by one;
     * if one cannot be, those before it are put back. A reader sees the old or the new file, never half of one, where the file
     * system can move so; but it may see a few that are new already beside others that are not yet. Nothing is promised if the
     * process or the machine ends meanwhile: files whose names begin with a dot and end in {@code .tmp} may be left then.
     *
     * @throws HasuraProjectException if a file has changed since the plan was made, or cannot be written; the message names it, and
     *     says so should another not have been put back
     */
    public void apply() {
        List<StagedFile> files = changes.stream().map(StagedFile::new).toList();
        try {
            files.forEach(StagedFile::requireCurrent);
            files.forEach(StagedFile::stage);
            files.forEach(StagedFile::replace);
        } catch (RuntimeException e) {
            throw undone(reversed(files), e);
        }
        files.forEach(StagedFile::discard);
    }

    private static RuntimeException undone(List<StagedFile> files, RuntimeException e) {
        StringBuilder lost = new StringBuilder();
        List<IOException> reasons = new ArrayList<>();
        for (StagedFile each : files) {
            try {
                each.restore();
            } catch (IOException broken) {
                reasons.add(broken);
                lost.append(' ').append(each.lost());
            }
            each.discard();
        }
        RuntimeException told = e instanceof HasuraProjectException
                ? new HasuraProjectException(
                        e.getMessage() + (lost.isEmpty() ? " Nothing was written." : lost), e.getCause())
                : e;
        reasons.forEach(told::addSuppressed);
        return told;
    }

    /** A file may be in a folder that was made for one before it. */
    private static List<StagedFile> reversed(List<StagedFile> files) {
        List<StagedFile> reversed = new ArrayList<>(files);
        Collections.reverse(reversed);
        return reversed;
    }

    @Override
    public String toString() {
        return "ProjectPlan" + changes;
    }
}
