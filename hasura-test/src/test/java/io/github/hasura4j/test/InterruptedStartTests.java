package io.github.hasura4j.test;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody stops the JVM, at whatever moment: neither Postgres nor its data stay behind. */
class InterruptedStartTests {

    @TempDir
    private Path temporary;

    /** What has been written at that moment: some of the data, all of them, the mark of the server that starts. */
    @ParameterizedTest
    @ValueSource(strings = {"PG_VERSION", "epg-lock", "postmaster.opts"})
    void leavesNothingBehind(String moment) throws Exception {
        Process jvm = start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> data().stream().anyMatch(data -> Files.exists(data.resolve(moment))));

        jvm.destroy();

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data()).as(this::output).isEmpty();
        assertThat(processes()).as(this::output).isEmpty();
    }

    private String output() {
        try {
            return Files.readString(temporary.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void leavesNothingBehindWhenItServes() throws Exception {
        Process jvm = start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(temporary.resolve("serving")));
        assertThat(directories()).hasSize(1);
        assertThat(processes()).isNotEmpty();

        jvm.destroy();

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data()).isEmpty();
        assertThat(processes()).isEmpty();
    }

    /** What was there at that moment: some of the data, or a server that serves. */
    @ParameterizedTest
    @ValueSource(strings = {"PG_VERSION", "postmaster.opts", "serving"})
    void isSweptByTheNextOneWhenItIsKilled(String moment) throws Exception {
        Process killed = start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> Files.exists(temporary.resolve(moment))
                        || directories().stream().anyMatch(data -> Files.exists(data.resolve(moment))));
        Path left = directories().get(0);
        killed.destroyForcibly().waitFor();
        assertThat(left).exists();
        Files.deleteIfExists(temporary.resolve("serving"));

        Process next = start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(temporary.resolve("serving")));

        assertThat(left).doesNotExist();
        assertThat(directories()).hasSize(1);
        assertThat(processes()).noneMatch(line -> line.contains(left.toString()));
        next.destroy();
        assertThat(next.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data()).isEmpty();
        assertThat(processes()).isEmpty();
    }

    @Test
    void sweepsDataThatWereNotDeletedToTheEnd() throws Exception {
        Path half = Files.createDirectories(temporary.resolve("local-hasura-1/base"))
                .getParent();

        Process jvm = start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(temporary.resolve("serving")));

        assertThat(half).doesNotExist();
        assertThat(directories()).hasSize(1);
        jvm.destroy();
        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data()).isEmpty();
    }

    @Test
    void leavesAloneWhatAnotherOneServes() throws Exception {
        Process first = start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(temporary.resolve("serving")));
        Path served = directories().get(0);
        Files.delete(temporary.resolve("serving"));

        Process second = start();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(temporary.resolve("serving")));

        assertThat(served.resolve("postmaster.pid")).exists();
        assertThat(directories()).hasSize(2);
        first.destroy();
        second.destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(data()).isEmpty();
    }

    private Process start() throws IOException {
        ProjectFiles.in(temporary.resolve("project"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-Dot.epg.working-dir=" + Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serving.class.getName(),
                        temporary.toString())
                .redirectErrorStream(true)
                .redirectOutput(new File(temporary.toFile(), "output"))
                .start();
    }

    private List<Path> data() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("local-hasura"))
                    .toList();
        }
    }

    private List<Path> directories() throws IOException {
        return data().stream().filter(Files::isDirectory).toList();
    }

    private List<String> processes() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .filter(line -> line.contains(temporary.resolve("local-hasura").toString()))
                .toList();
    }

    /** An application that leaves stopping to the JVM. */
    static final class Serving {

        public static void main(String[] args) throws Exception {
            Path directory = Path.of(args[0]);
            LocalHasura.forProject(directory.resolve("project")).start();
            Files.createFile(directory.resolve("serving"));
            Thread.currentThread().join();
        }
    }
}
