package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

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
            return (Files.exists(file) ? Files.readString(file) : "").equals(before);
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot read '%s'".formatted(file), e);
        }
    }

    /** All or nothing: whoever reads the file meanwhile sees the old one or the new one. */
    void write() {
        Path written = null;
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath(); // A link stays a link.
            Path folder = Objects.requireNonNull(target.getParent());
            Files.createDirectories(folder);
            written = Files.createTempFile(folder, "." + target.getFileName(), ".tmp");
            Files.writeString(written, after);
            if (Files.exists(target)) {
                keepPermissions(written);
            }
            move(written, target);
        } catch (IOException e) {
            deleteQuietly(written);
            throw new HasuraProjectException("Cannot write '%s'; it is as it was".formatted(file), e);
        }
    }

    private void keepPermissions(Path written) throws IOException {
        try {
            Files.setPosixFilePermissions(written, Files.getPosixFilePermissions(file));
        } catch (UnsupportedOperationException e) {
            // The file system has none.
        }
    }

    private static void move(Path written, Path target) throws IOException {
        try {
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(written, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(@Nullable Path written) {
        try {
            if (written != null) {
                Files.deleteIfExists(written);
            }
        } catch (IOException e) {
            // What went wrong before is what counts.
        }
    }

    /** Names the file; its content may hold secrets. */
    @Override
    public String toString() {
        return "FileChange[" + file + "]";
    }
}
