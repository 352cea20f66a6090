package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import io.github.hasura4j.payload.TableName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What docs/project.md shows. */
class ProjectGuideTests {

    private static final Path KITCHEN_SINK = Path.of("src", "test", "resources", "projects", "kitchen-sink");

    @TempDir
    private Path directory;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(KITCHEN_SINK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(KITCHEN_SINK.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void reading() {
        // tag::reading[]
        HasuraProject project = HasuraProject.read(directory);
        ObjectNode document = project.metadataDocument(); // What replace_metadata takes, yours to change.
        document.putArray("cron_triggers");

        ProjectPlan plan = project.plan(document);
        System.out.println(plan.diff()); // As diff -u shows it.
        plan.apply();
        // end::reading[]

        assertThat(plan.changes())
                .extracting(change -> change.file().getFileName().toString())
                .containsExactly("cron_triggers.yaml");
        assertThat(HasuraProject.read(directory).metadata().cronTriggers()).isEmpty();
    }

    @Test
    void wanting() {
        ObjectNode trigger = (ObjectNode) JsonMapper.shared().readTree("""
                {"name": "newUser", "definition": {"insert": {"columns": "*"}}, "webhook": "{{HANDLER_URL}}/hasura/events",
                 "retry_conf": {"num_retries": 3, "interval_sec": 10, "timeout_sec": 60}}""");

        // tag::wanting[]
        WantedMetadata wanted = WantedMetadata.ownedBy("shop")
                .eventTrigger("default", TableName.of("users"), trigger)
                .build();

        HasuraProject project = HasuraProject.read(directory);
        MergedMetadata merged = wanted.mergeInto(project.metadataDocument());
        merged.changes().forEach(System.out::println); // + event trigger 'newUser' of public.users
        project.plan(merged.document()).apply();
        // end::wanting[]

        assertThat(merged.changes())
                .extracting(MetadataChange::toString)
                .containsExactly("+ event trigger 'newUser' of public.users");
    }
}
