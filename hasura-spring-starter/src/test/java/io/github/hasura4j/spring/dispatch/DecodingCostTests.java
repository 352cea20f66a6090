package io.github.hasura4j.spring.dispatch;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.sun.management.ThreadMXBean;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a handler does not name is skipped, not kept: counted in bytes of memory, which do not depend on the machine. */
class DecodingCostTests {

    record Status(Integer id, String status) {}

    static class Handlers {

        @HasuraEvent
        void fewColumns(EventPayload<Status, Void> event) {
            assertThat(event.newRow()).isEqualTo(new Status(1, "PAID"));
        }
    }

    @Test
    void aMegabyteThatNobodyWantsCostsItsOwnLengthAndLittleMore() {
        String lines = "{\"sku\": \"A-1\", \"price\": 12.50, \"tags\": [\"a\", \"b\"]},".repeat(20_000);
        String event = """
                {"op": "INSERT", "data": {"new": {"lines": [%snull], "id": 1, "more": {"deep": [%snull]}, "status": "PAID"}, "old": {"x": [%snull]}}}""".formatted(lines, lines, lines);
        try (var dispatching = Dispatching.to(Handlers.class)) {
            byte[] body = """
                    {"id": "1", "created_at": "2024-01-01T00:00:00", "event": %s, "table": {"schema": "s", "name": "t"},
                     "trigger": {"name": "fewColumns"}}""".formatted(event).getBytes(StandardCharsets.UTF_8);
            var settings = new WebhookSettings("X-Webhook-Secret", List.of("secret"), false, 10_000_000);
            dispatching.settings(settings).start();
            WebhookHeaders headers = WebhookHeaders.of(
                    Map.of("X-Webhook-Secret", "secret", "Content-Length", Integer.toString(body.length)));
            String text = new String(body, StandardCharsets.UTF_8);
            long before = 0;
            for (int i = 0; i < 3; i++) { // The last one counts, when everything is loaded.
                before = allocated();
                assertThat(dispatching
                                .send(WebhookKind.EVENT, null, text, headers)
                                .status())
                        .isEqualTo(200);
            }
            long perByte = (allocated() - before) / body.length;
            // Twice by this test itself, which makes bytes of the text and an array of them, and once as the body that
            // is read.
            assertThat(perByte).isLessThanOrEqualTo(3);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
