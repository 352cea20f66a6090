package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written: nothing where nothing changes, the lines that change where something does, what the engine's tool writes anew. */
class ProjectWritingTests {

    private static final Path SAMPLES = Path.of("..", "..", "shared", "contract", "metadata-samples");
    private static final JsonMapper JSON = JsonMapper.shared();

    static Stream<Path> samples() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(SAMPLES), "other people's projects are not here: " + SAMPLES);
        return samplesIfThere();
    }

    static Stream<Path> samplesIfThere() throws IOException {
        if (!Files.isDirectory(SAMPLES)) {
            return Stream.of();
        }
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files
                    .filter(file -> file.getFileName().toString().equals("config.yaml"))
                    .map(Path::getParent)
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void nothingIsWrittenWhereNothingChanges(Path sample) {
        HasuraProject project = HasuraProject.read(sample);

        assertThat(project.plan(project.metadataDocument()).changes()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatTheToolWouldWriteSaysTheSame(Path sample, @TempDir Path copy) throws IOException {
        ObjectNode document = HasuraProject.read(sample).metadataDocument();
        Files.writeString(copy.resolve("config.yaml"), "version: 3\n");

        HasuraProject.export(document, copy.resolve("metadata"));

        ObjectNode again = HasuraProject.read(copy).metadataDocument();
        assertThat(ActionFiles.same(again, document)).isTrue();
        again.remove(List.of("actions", "custom_types"));
        document.remove(List.of("actions", "custom_types"));
        if (sample.endsWith("nextjs-hasura-fullstack")) {
            assertThat(again.path("sources").get(0).path("tables"))
                    .isEqualTo(document.path("sources").get(0).path("tables"));
        } else {
            assertThat(again).isEqualTo(document);
        }
    }

    /** The tool's own pairs of metadata and files. */
    @Nested
    class TheToolsOwnFiles {

        private static JsonNode json(String file) throws IOException {
            Path path = SAMPLES.resolve("cli-testdata").resolve(file);
            Assumptions.assumeTrue(Files.isRegularFile(path), "the tool's test data are not here: " + path);
            return JSON.readTree(path.toFile());
        }

        private static String text(String file) throws IOException {
            return Files.readString(SAMPLES.resolve("cli-testdata").resolve(file));
        }

        @Test
        void ofActionsAreWrittenAsTheyAre() throws IOException {
            var files = Exported.files(json("actions/export/t1/metadata.json"));

            assertThat(files.get("actions.graphql")).isEqualTo(text("actions/export/t1/want.actions.graphql"));
            assertThat(files.get("actions.yaml")).isEqualTo(text("actions/export/t1/want.actions.yaml"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"t1", "t2"})
        void ofCronTriggersAreWrittenAsTheyAre(String test) throws IOException {
            var files = Exported.files(json("cron_triggers/export_test/" + test + "/metadata.json"));

            assertThat(files.get("cron_triggers.yaml"))
                    .isEqualTo(text("cron_triggers/export_test/" + test + "/want.cron_triggers.yaml"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"t1", "t2", "t3", "t4", "t5"})
        void ofRemoteSchemasAreWrittenAsTheyAre(String test) throws IOException {
            var files = Exported.files(json("remote_schemas/export_test/" + test + "/metadata.json"));

            assertThat(files.get("remote_schemas.yaml"))
                    .isEqualTo(text("remote_schemas/export_test/" + test + "/want.remote_schemas.yaml"));
        }

        @Test
        void ofSourcesAreWrittenAsTheyAre() throws IOException {
            var files = Exported.files(json("sources-export/t1/metadata.json"));
            Path want = SAMPLES.resolve("cli-testdata/sources-export/t1/want");

            try (Stream<Path> expected = Files.walk(want)) {
                for (Path each : expected.filter(Files::isRegularFile).toList()) {
                    assertThat(files.get(want.relativize(each).toString()))
                            .as(each.toString())
                            .isEqualTo(Files.readString(each));
                }
            }
        }

        @Test
        void ofActionsAreReadAsTheyAre(@TempDir Path project) throws IOException {
            JsonNode read = read(project, "actions/build/t1/metadata");

            JsonNode wanted = withoutNulls(json("actions/build/t1/want.json"));
            assertThat(read.path("actions")).isEqualTo(wanted.path("actions"));
            assertThat(ActionFiles.same(read, wanted)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"cron_triggers/build_test/t1", "cron_triggers/build_test/t2"})
        void ofCronTriggersAreReadAsTheyAre(String test, @TempDir Path project) throws IOException {
            JsonNode wanted = json(test + "/want.golden.json").path("cron_triggers");

            JsonNode read = read(project, test + "/metadata").path("cron_triggers");

            assertThat(read.isMissingNode() ? JSON.createArrayNode() : read).isEqualTo(wanted);
        }

        @ParameterizedTest
        @ValueSource(strings = {"t1", "t2", "t3", "t4"})
        void ofRemoteSchemasAreReadAsTheyAre(String test, @TempDir Path project) throws IOException {
            JsonNode wanted = json("remote_schemas/build_test/" + test + "/want.golden.json")
                    .path("remote_schemas");

            JsonNode read = read(project, "remote_schemas/build_test/" + test + "/metadata")
                    .path("remote_schemas");

            assertThat(read.isMissingNode() ? JSON.createArrayNode() : read).isEqualTo(wanted);
        }

        /** The tool sends nulls for what is absent, which the engine reads alike. */
        private static JsonNode withoutNulls(JsonNode tree) {
            return JSON.rebuild()
                    .changeDefaultPropertyInclusion(inclusion -> inclusion.withContentInclusion(Include.NON_NULL))
                    .build()
                    .valueToTree(JSON.convertValue(tree, Object.class));
        }

        private static JsonNode read(Path project, String metadata) throws IOException {
            Path from = SAMPLES.resolve("cli-testdata").resolve(metadata);
            Assumptions.assumeTrue(Files.isDirectory(from), "the tool's test data are not here: " + from);
            Files.writeString(
                    project.resolve("config.yaml"), "version: 3\nmetadata_directory: " + from.toAbsolutePath() + "\n");
            return HasuraProject.read(project).metadataDocument();
        }
    }
}
