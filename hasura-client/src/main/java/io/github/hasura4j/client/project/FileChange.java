package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A change to one file of a project, not made yet. Immutable.
 *
 * @param file the file
 * @param before what it holds; empty if it does not exist
 * @param after what it is to hold
 */
public record FileChange(Path file, String before, String after) {

    /** The change as {@code diff -u} shows it, without the folder. */
    public String diff() {
        return UnifiedDiff.of(String.valueOf(file.getFileName()), before, after);
    }

    /** Whether the file holds what it held when the change was planned. */
    boolean isCurrent() {
        try {
            return (Files.isRegularFile(file) ? Files.readString(file) : "").equals(before);
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s'.".formatted(file), e);
        }
    }

    /** Names the file; its content may hold secrets. */
    @Override
    public String toString() {
        return "FileChange[" + file + "]";
    }
}
