package io.github.hasura4j.example;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.client.project.WantedMetadata;
import io.github.hasura4j.spring.metadata.HasuraMetadataTool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The example's metadata are what its code says. */
class ExampleMetadataTests {

    private static final Path PROJECT = Path.of("hasura");

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private int run(String command, Path project) throws ClassNotFoundException {
        // tag::tool[]
        int exitCode = HasuraMetadataTool.run(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                command, // check, plan or write
                "io.github.hasura4j.example.ExampleApplication",
                project.toString());
        // end::tool[]
        return exitCode;
    }

    @Test
    void agreeWithTheHandlers() throws Exception {
        assertThat(run("check", PROJECT))
                .as(out.toString(StandardCharsets.UTF_8))
                .isZero();
    }

    @Test
    void areWhatWriteMakesOfThem() throws Exception {
        assertThat(run("plan", PROJECT)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("Nothing to write\n");
    }

    @Test
    void areBackWhenTheyWereDeleted() throws Exception {
        copy();
        Map<String, String> before = files();
        HasuraProject project = HasuraProject.read(directory);
        project.plan(WantedMetadata.ownedBy("example-app")
                        .build()
                        .mergeInto(project.metadataDocument())
                        .document())
                .apply();
        for (String file : List.of("actions.graphql", "actions.yaml", "remote_schemas.yaml")) {
            Files.delete(directory.resolve("metadata").resolve(file));
        }
        assertThat(HasuraProject.read(directory).metadata().actions()).isEmpty();

        assertThat(run("write", directory)).isZero();

        Map<String, String> after = files();
        before.forEach((file, text) -> assertThat(after.get(file)).as(file).isEqualTo(text));
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("+ action 'login'")
                .contains("+ type 'LoginResponse'")
                .contains("+ event trigger 'newUser' of public.user")
                .contains("+ remote schema 'example'")
                .endsWith("4 file(s) written\n");
    }

    private void copy() throws IOException {
        try (Stream<Path> all = Files.walk(PROJECT)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(PROJECT.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory.resolve("metadata"))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.toString(), Files.readString(file));
            }
        }
        return files;
    }
}
