package io.github.hasura4j.test;

import java.nio.file.Path;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.EngineHealth;
import io.github.hasura4j.client.metadata.HasuraMetadataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the metadata client promises, as far as the local engine plays along. */
class MetadataClientContractTests {

    @TempDir
    private Path directory;

    @Test
    void knowsHowTheEngineIsAndWhatItDoesNotDo() {
        ProjectFiles.in(directory).withTable("nowhere", "table: nowhere\n");
        try (LocalHasura engine =
                        LocalHasura.forProject(directory).adminSecret("s3cret").start();
                HasuraClient nobody =
                        HasuraClient.builder().endpoint(engine.url()).build();
                HasuraClient hasura = HasuraClient.builder()
                        .endpoint(engine.url())
                        .adminSecret("s3cret")
                        .build()) {
            assertThat(nobody.metadata().health()).isEqualTo(EngineHealth.INCONSISTENT);
            assertThat(nobody.metadata().version().version()).startsWith("v2.");
            assertThat(nobody.metadata().version().serverType()).isEqualTo("ce");
            assertThatExceptionOfType(HasuraMetadataException.class)
                    .isThrownBy(() -> hasura.metadata().export())
                    .satisfies(e -> assertThat(e.hasCode("not-supported")).isTrue())
                    .withMessageContaining("/v1/metadata: the local engine does not support it");
        }
    }
}
