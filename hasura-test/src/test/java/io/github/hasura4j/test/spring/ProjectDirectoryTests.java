package io.github.hasura4j.test.spring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.hasura4j.test.LocalHasuraException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProjectDirectoryTests {

    @TempDir
    private Path root;

    private Path working;

    @BeforeEach
    void prepare() throws IOException {
        working = Files.createDirectories(root.resolve("service/module"));
    }

    private Path project(String name) throws IOException {
        Path project = root.resolve(name);
        Files.createDirectories(project.resolve("metadata"));
        Files.writeString(project.resolve("config.yaml"), "version: 3\n");
        return project;
    }

    @Test
    void isCalledHasuraHereOrAbove() throws IOException {
        Path above = project("hasura");
        assertThat(ProjectDirectory.find("", working)).isEqualTo(above);

        Path here = project("service/module/hasura");
        assertThat(ProjectDirectory.find("", working)).isEqualTo(here);
    }

    @Test
    void isTheDirectoryItself() throws IOException {
        Path service = project("service");

        assertThat(ProjectDirectory.find("", working)).isEqualTo(service);
    }

    @Test
    void isWhatIsGivenHereOrAbove() throws IOException {
        Path backend = project("backend");
        project("hasura");

        assertThat(ProjectDirectory.find("backend", working)).isEqualTo(backend);
    }

    @Test
    void isNamedWhereThereIsNone() {
        assertThatThrownBy(() -> ProjectDirectory.find("backend", working))
                .isInstanceOf(LocalHasuraException.class)
                .hasMessage(
                        "No Hasura project: there is no config.yaml and metadata in 'backend', looked for in '%s' and above"
                                .formatted(working));
    }
}
