package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Files are written all together or not at all. */
class ProjectPlanTests {

    @TempDir
    private Path directory;

    private Path existing;

    @BeforeEach
    void write() throws IOException {
        existing = Files.writeString(directory.resolve("actions.yaml"), "old");
    }

    private FileChange change(String file, String before) {
        return new FileChange(directory.resolve(file), before, "new");
    }

    private List<String> everything() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void allOfThemAreWrittenAndNothingElseIsLeft() throws IOException {
        new ProjectPlan(List.of(change("actions.yaml", "old"), change("databases/a/tables.yaml", ""))).apply();

        assertThat(existing).hasContent("new");
        assertThat(directory.resolve("databases/a/tables.yaml")).hasContent("new");
        assertThat(everything()).containsExactly("actions.yaml", "databases", "databases/a", "databases/a/tables.yaml");
    }

    @Test
    void aFileKeepsItsPermissionsAndANewOneHasTheUsualOnes() throws IOException {
        Assumptions.assumeTrue(
                FileSystems.getDefault().supportedFileAttributeViews().contains("posix"), "no permissions here");
        Files.setPosixFilePermissions(existing, PosixFilePermissions.fromString("rw-r-x---"));
        Path usual = Files.writeString(directory.resolve("usual"), "");

        new ProjectPlan(List.of(change("actions.yaml", "old"), change("tables.yaml", ""))).apply();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(existing)))
                .isEqualTo("rw-r-x---");
        assertThat(Files.getPosixFilePermissions(directory.resolve("tables.yaml")))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void aLinkStaysALink() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link.yaml"), existing);

        new ProjectPlan(List.of(change("link.yaml", "old"))).apply();

        assertThat(link).isSymbolicLink().hasContent("new");
        assertThat(existing).hasContent("new");
    }

    @Test
    void oneThatHasChangedStopsTheOthers() throws IOException {
        assertThatExceptionOfType(HasuraProjectException.class)
                .isThrownBy(new ProjectPlan(List.of(change("tables.yaml", ""), change("actions.yaml", "older")))::apply)
                .withMessage(
                        "'%s' has changed since the plan was made. Make the plan again. Nothing was written.",
                        existing);
        assertThat(everything()).containsExactly("actions.yaml");
    }

    @Test
    void oneWithoutAPlaceStopsTheOthers() throws IOException {
        Files.writeString(directory.resolve("databases"), "a file where a folder is wanted");
        FileChange impossible = change("databases/tables.yaml", "");

        assertThatExceptionOfType(HasuraProjectException.class)
                .isThrownBy(new ProjectPlan(
                        List.of(change("actions.yaml", "old"), change("new/cron.yaml", ""), impossible))::apply)
                .withMessage("Cannot write '%s'. Nothing was written.", impossible.file())
                .withCauseInstanceOf(IOException.class);
        assertThat(existing).hasContent("old");
        assertThat(everything()).containsExactly("actions.yaml", "databases");
    }

    @Test
    void oneThatCannotBeMovedHasTheOnesBeforeItPutBack() throws IOException {
        FileChange occupied = change("tables.yaml", "");
        Files.createDirectories(occupied.file().resolve("in-the-way"));

        assertThatExceptionOfType(HasuraProjectException.class)
                .isThrownBy(
                        new ProjectPlan(List.of(
                                change("actions.yaml", "old"),
                                change("new/cron.yaml", ""),
                                occupied,
                                change("late.yaml", "")))::apply)
                .withMessage("Cannot write '%s'. Nothing was written.", occupied.file());
        assertThat(existing).hasContent("old");
        assertThat(everything()).containsExactly("actions.yaml", "tables.yaml", "tables.yaml/in-the-way");
    }

    @Test
    void oneThatCannotBePutBackIsToldWithThePlaceOfItsContent() throws IOException {
        StagedFile file = new StagedFile(change("actions.yaml", "old"));
        file.stage();
        file.replace();
        Files.delete(existing);
        Files.createDirectories(existing.resolve("in-the-way"));

        assertThatExceptionOfType(IOException.class).isThrownBy(file::restore);
        String told = file.lost();
        file.discard();

        String kept = everything().get(0);
        assertThat(directory.resolve(kept)).hasContent("old");
        assertThat(told)
                .isEqualTo(
                        "'%s' is written all the same; what it held is in '%s'.",
                        existing, directory.resolve(kept).toRealPath());
    }
}
