package io.github.hasura4j.test.engine.catalog;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The process that serves a data directory. */
final class Postmaster {

    /** Between the start of the process and the moment that Postgres writes down. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(10);

    private final ProcessHandle process;

    private Postmaster(ProcessHandle process) {
        this.process = process;
    }

    /** Empty if nobody serves it. While initdb is at it the file holds a negative number: that ends by itself. */
    static Optional<Postmaster> of(Path data) {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
            long pid = lines.isEmpty() ? 0 : Long.parseLong(lines.get(0).strip());
            return pid <= 0
                    ? Optional.empty()
                    : ProcessHandle.of(pid).filter(found -> isIt(found, lines)).map(Postmaster::new);
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Servers that have not written their file yet, and what is about to start them, by their command lines. */
    static List<Postmaster> starting(Path data) {
        Pattern serves = Pattern.compile(" -D \"?" + Pattern.quote(data.toString()) + "\"?( |$)");
        return ProcessHandle.allProcesses()
                .filter(process -> process.info()
                        .commandLine()
                        .filter(line -> serves.matcher(line).find() && !line.contains("initdb"))
                        .isPresent())
                .map(Postmaster::new)
                .toList();
    }

    /** The number may belong to somebody else by now: name and start have to fit, as far as the system tells them. */
    private static boolean isIt(ProcessHandle process, List<String> lines) {
        ProcessHandle.Info info = process.info();
        boolean named = info.command()
                .map(command -> Path.of(command).getFileName().toString().startsWith("postgres"))
                .orElse(true);
        if (!named || lines.size() < 3 || info.startInstant().isEmpty()) {
            return named; // While it starts the file is not complete.
        }
        Instant written = Instant.ofEpochSecond(Long.parseLong(lines.get(2).strip()));
        return Duration.between(info.startInstant().get(), written).abs().compareTo(START_TOLERANCE) < 0;
    }

    /** Asks it to stop, and stops it by force after five seconds. */
    void stop() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join();
        process.destroyForcibly();
    }
}
