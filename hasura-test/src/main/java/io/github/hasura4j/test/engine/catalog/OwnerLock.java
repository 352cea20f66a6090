package io.github.hasura4j.test.engine.catalog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * A locked file beside a data directory: it says that whoever made the directory lives. The operating system lets go of the lock
 * however a process ends, so nobody has to be asked, and no process id can mean somebody else by now.
 */
final class OwnerLock {

    private static final String SUFFIX = ".lock";

    /** Never to be opened again here: on Unix, closing any channel of a file lets go of all locks that the process has on it. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private OwnerLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** A new file, locked; deleted when it is released or the JVM ends. */
    static OwnerLock create(String prefix) throws IOException {
        while (true) {
            Path file = Files.createTempFile(prefix, SUFFIX);
            OwnerLock lock = tryToTake(file);
            if (lock != null) {
                file.toFile().deleteOnExit();
                return lock;
            }
            // Somebody who sweeps took it for an abandoned one, and deletes it.
        }
    }

    /** The lock of somebody who is gone; null if they live, or the file is gone too. */
    static @Nullable OwnerLock tryToTake(Path file) throws IOException {
        if (!OWN.add(file)) {
            return null;
        }
        OwnerLock taken = lock(file);
        if (taken == null) {
            OWN.remove(file);
        }
        return taken;
    }

    private static @Nullable OwnerLock lock(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
        } catch (IOException e) {
            return null; // Gone, or another user's.
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new OwnerLock(file, channel);
            }
        } catch (OverlappingFileLockException e) {
            // Another class loader of this JVM has it.
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** Whether there is one for a directory, taken or not. */
    static boolean isBeside(Path directory) {
        return Files.exists(directory.resolveSibling(directory.getFileName() + SUFFIX));
    }

    static boolean isOne(Path file) {
        return file.getFileName().toString().endsWith(SUFFIX);
    }

    /** The directory that this stands for, whether it exists or not. */
    Path directory() {
        String name = file.getFileName().toString();
        return file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()));
    }

    void release() {
        try {
            Files.deleteIfExists(file); // First, so that nobody else finds it free.
            channel.close();
        } catch (IOException e) {
            // It stays, unlocked, for the next one who sweeps.
        } finally {
            OWN.remove(file);
        }
    }
}
