package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * The new content of a file, which waits beside it for {@link #replace}; what that replaces is kept beside it too, until it is
 * clear whether {@link #restore} needs it. Ends with {@link #discard}, whatever happened.
 */
final class StagedFile {

    private final FileChange change;
    private final Deque<Path> foldersMade = new ArrayDeque<>();
    private @Nullable Path target;
    private @Nullable Path written;
    private @Nullable Path kept;
    private boolean replaced;
    private boolean lost;

    StagedFile(FileChange change) {
        this.change = change;
    }

    /** @throws HasuraProjectException if the file does not hold what it held when the change was planned */
    void requireCurrent() {
        if (!change.isCurrent()) {
            throw new HasuraProjectException(
                    "'%s' has changed since the plan was made. Make the plan again.".formatted(change.file()), null);
        }
    }

    /** Everything that needs space or may be refused, apart from the move itself. */
    void stage() {
        try {
            write();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private void write() throws IOException {
        Path file = change.file();
        boolean there = Files.isRegularFile(file);
        target = there ? file.toRealPath() : file.toAbsolutePath(); // A link stays a link.
        makeFolders(folder());
        if (there) {
            kept = sibling();
            Files.copy(target, kept, StandardCopyOption.COPY_ATTRIBUTES);
            written = Files.createTempFile(folder(), "." + target.getFileName(), ".tmp");
            Files.writeString(written, change.after());
            keepPermissions(written);
        } else {
            written = sibling(); // Not a temporary file, which nobody else could read.
            Files.writeString(written, change.after(), StandardOpenOption.CREATE_NEW);
        }
    }

    /** All or nothing where the file system can: whoever reads the file meanwhile sees the old one or the new one. */
    void replace() {
        requireCurrent(); // Once more: writing the others took its time.
        try {
            move(Objects.requireNonNull(written), target());
        } catch (IOException e) {
            throw cannotWrite(e);
        }
        written = null;
        replaced = true;
    }

    private HasuraProjectException cannotWrite(IOException e) {
        return new HasuraProjectException("Cannot write '%s'.".formatted(change.file()), e);
    }

    /** Puts back what was there before {@link #replace}, if it came to that. */
    void restore() throws IOException {
        if (!replaced) {
            return;
        }
        if (kept == null) {
            Files.deleteIfExists(target());
        } else {
            move(kept, target());
            kept = null;
        }
        replaced = false;
    }

    /** What to tell about a file that {@link #restore} did not get back. */
    String lost() {
        lost = true;
        return kept == null
                ? "'%s' is written all the same; delete it.".formatted(change.file())
                : "'%s' is written all the same; what it held is in '%s'.".formatted(change.file(), kept);
    }

    /** Leaves nothing behind that is not needed: a folder only for a file, the old content only if it is lost otherwise. */
    void discard() {
        deleteQuietly(written);
        if (!lost) {
            deleteQuietly(kept);
        }
        if (!replaced) {
            foldersMade.forEach(StagedFile::deleteQuietly);
        }
    }

    private void makeFolders(Path folder) throws IOException {
        Deque<Path> missing = new ArrayDeque<>();
        for (Path each = folder; each != null && !Files.exists(each); each = each.getParent()) {
            missing.push(each);
        }
        for (Path each : missing) {
            Files.createDirectory(each);
            foldersMade.push(each);
        }
        Files.createDirectories(folder); // Complains if it is no folder.
    }

    private Path sibling() {
        return folder().resolve(".%s.%s.tmp".formatted(target().getFileName(), UUID.randomUUID()));
    }

    private Path folder() {
        return Objects.requireNonNull(target().getParent());
    }

    private Path target() {
        return Objects.requireNonNull(target);
    }

    private void keepPermissions(Path file) throws IOException {
        try {
            Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(target()));
        } catch (UnsupportedOperationException e) {
            // The file system has none.
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void deleteQuietly(@Nullable Path path) {
        try {
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            // What went wrong before is what counts; a folder with something in it stays.
        }
    }
}
