package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many calls at once: on virtual threads where Java has them, on ordinary ones else. */
class ManyThreadsTests {

    private static final int CALLS = 300;

    @AutoClose
    private final FakeEngine engine = new FakeEngine().answers("{\"data\": {\"user\": [{\"id\": \"1\"}]}}");

    @Test
    void shareOneClient() throws Exception {
        ExecutorService callers = executor();
        ExecutorService http = executor();
        try (HasuraClient hasura = engine.client()
                .adminSecret("s3cret")
                .http(b -> b.executor(http))
                .build()) {
            List<Future<Integer>> rows = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                int limit = i;
                rows.add(callers.submit(() -> hasura.query("user")
                        .arg("limit", limit)
                        .select("id")
                        .execute()
                        .rows(Object.class)
                        .size()));
            }
            for (Future<Integer> each : rows) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(1);
            }
        } finally {
            callers.shutdownNow();
            http.shutdownNow();
        }
        assertThat(engine.introspections()).isEqualTo(1);
        assertThat(engine.received()).hasSize(CALLS + 1);
    }

    private static ExecutorService executor() throws ReflectiveOperationException {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException before21) {
            return Executors.newCachedThreadPool();
        }
    }
}
