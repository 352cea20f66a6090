package io.github.hasura4j.client.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.HasuraTransportException.Reason;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@Timeout(60)
class ModifyTests {

    @AutoClose
    private final FakeMetadataEngine engine = new FakeMetadataEngine();

    private final List<Integer> pauses = new ArrayList<>();
    private final MetadataClient metadata = ((DefaultMetadataClient) engine.metadata()).pausing(pauses::add);

    private static Consumer<ObjectNode> addingRole(String name) {
        return document -> document.withArrayProperty("inherited_roles")
                .addObject()
                .put("role_name", name)
                .putArray("role_set")
                .add("user");
    }

    private Set<String> roles() {
        return engine.document()
                .path("inherited_roles")
                .valueStream()
                .map(role -> role.path("role_name").stringValue())
                .collect(Collectors.toSet());
    }

    @Test
    void replacesTheVersionThatItExported() {
        assertThat(metadata.modify(addingRole("lead")))
                .hasValueSatisfying(result -> assertThat(result.isConsistent()).isTrue());

        assertThat(roles()).containsExactly("lead");
        assertThat(engine.types()).containsExactly("export_metadata", "replace_metadata");
        assertThat(engine.received().get(1).body().path("resource_version").longValue())
                .isEqualTo(7);
        assertThat(pauses).isEmpty();
    }

    @Test
    void sendsNothingIfNothingChanges() {
        assertThat(metadata.modify(document -> document.put("version", 3))).isEmpty();

        assertThat(engine.types()).containsExactly("export_metadata");
    }

    @Test
    void sendsNothingIfTheChangeFails() {
        assertThatThrownBy(() -> metadata.modify(document -> {
                    throw new IllegalStateException("no such table");
                }))
                .hasMessage("no such table");

        assertThat(engine.types()).containsExactly("export_metadata");
    }

    @Test
    void seesToTheVersionItself() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> metadata.modify(
                        addingRole("lead"), ReplaceOptions.strict().ifVersion(7)))
                .withMessageContaining("replace(…)");
    }

    @Nested
    class WhereSomethingIsInconsistentAlready {

        private static final String MISTAKE = """
                {"version": 3, "sources": [], "actions": [{"name": "a", "definition": {"handler": "{{UNKNOWN}}"}}]}""";

        @Test
        void refusesUnlessAllowed() {
            engine.has(MISTAKE);

            assertThatThrownBy(() -> metadata.modify(addingRole("lead"))).isInstanceOf(HasuraMetadataException.class);
            assertThat(metadata.modify(
                            addingRole("lead"), ReplaceOptions.strict().allowingInconsistent()))
                    .hasValueSatisfying(
                            result -> assertThat(result.inconsistentObjects()).hasSize(1));
            assertThat(roles()).containsExactly("lead");
        }
    }

    @Nested
    class WhereSomebodyElseIsFaster {

        @Test
        void beginsAnewWithTheOthersChange() {
            AtomicInteger times = new AtomicInteger();
            engine.beforeReplacing(() -> {
                if (times.incrementAndGet() <= 2) {
                    engine.somebodyElseChanges();
                }
            });
            AtomicInteger calls = new AtomicInteger();

            metadata.modify(document -> {
                calls.incrementAndGet();
                addingRole("lead").accept(document);
            });

            assertThat(roles()).containsExactly("lead");
            assertThat(engine.document().path("inherited_roles")).hasSize(1);
            assertThat(calls).hasValue(3);
            assertThat(pauses).containsExactly(1, 2);
        }

        @Test
        void givesUpAfterTenTimes() {
            engine.beforeReplacing(engine::somebodyElseChanges);

            assertThatThrownBy(() -> metadata.modify(addingRole("lead"))).isInstanceOf(MetadataConflictException.class);

            assertThat(engine.types().stream().filter("replace_metadata"::equals))
                    .hasSize(10);
            assertThat(pauses).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
        }

        @Test
        void stopsWhenInterrupted() throws InterruptedException {
            engine.beforeReplacing(engine::somebodyElseChanges);
            CountDownLatch resting = new CountDownLatch(1);
            MetadataClient patient = ((DefaultMetadataClient) engine.metadata()).pausing(attempt -> {
                resting.countDown();
                new CountDownLatch(1).await();
            });
            List<HasuraTransportException> failures = new ArrayList<>();
            AtomicBoolean flag = new AtomicBoolean();
            Thread caller = new Thread(() -> {
                failures.add(
                        catchThrowableOfType(HasuraTransportException.class, () -> patient.modify(addingRole("lead"))));
                flag.set(Thread.currentThread().isInterrupted());
            });
            caller.start();
            resting.await();
            caller.interrupt();
            caller.join();

            assertThat(failures).extracting(HasuraTransportException::reason).containsExactly(Reason.INTERRUPTED);
            assertThat(flag).isTrue();
        }
    }

    @Nested
    class ManyAtOnce {

        @Test
        void loseNobodysChange() throws Exception {
            int writers = 10;
            MetadataClient shared = engine.metadata();
            ExecutorService threads = Executors.newFixedThreadPool(writers);
            try {
                CountDownLatch start = new CountDownLatch(1);
                List<Future<?>> running = new ArrayList<>();
                for (int i = 0; i < writers; i++) {
                    String role = "role" + i;
                    running.add(threads.submit(() -> {
                        start.await();
                        return shared.modify(addingRole(role));
                    }));
                }
                start.countDown();
                for (Future<?> each : running) {
                    each.get();
                }
            } finally {
                threads.shutdownNow();
            }

            assertThat(engine.document().path("inherited_roles")).hasSize(writers);
            assertThat(roles()).hasSize(writers);
            assertThat(engine.version()).isEqualTo(7 + writers);
        }
    }

    @Nested
    class APause {

        @Test
        void growsUpToASecond() {
            assertThat(Pause.longest(1)).isEqualTo(50);
            assertThat(Pause.longest(2)).isEqualTo(100);
            assertThat(Pause.longest(9)).isEqualTo(1000);
            assertThat(Pause.longest(Integer.MAX_VALUE)).isEqualTo(1000);
        }
    }
}
