package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionHeadersTests {

    @Test
    void onlyVariablesAreRead() {
        assertThat(read(Map.of("X-Hasura-Role", "user", "X-Other", "1", "x-hasura-admin-secret", "a")))
                .containsOnly(Map.entry("x-hasura-role", "user"));
    }

    @Test
    void theWebhookSecretIsNoVariableWhateverItsName() {
        assertThat(SessionHeaders.read(WebhookHeaders.of(Map.of("x-hasura-hook", "s3cret")), "X-Hasura-Hook"))
                .isEqualTo(SessionVariables.empty());
    }

    @Test
    void aVariableThatComesTwiceIsLeftOut() {
        WebhookHeaders headers = WebhookHeaders.builder()
                .add("x-hasura-role", "user")
                .add("X-Hasura-Role", "admin")
                .build();
        assertThat(SessionHeaders.read(headers, "X-Webhook-Secret").asMap()).isEmpty();
    }

    @Test
    void textsAreAsTheEngineSentThem() {
        for (String text : new String[] {"Łukasz", "Zoë", "żółć 🐢", "plain"}) {
            String asServersReadIt = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            assertThat(read(Map.of("x-hasura-name", asServersReadIt))).containsValue(text);
            assertThat(read(Map.of("x-hasura-name", text))).containsValue(text);
        }
    }

    private static Map<String, String> read(Map<String, String> headers) {
        return SessionHeaders.read(WebhookHeaders.of(headers), "X-Webhook-Secret")
                .asMap();
    }
}
