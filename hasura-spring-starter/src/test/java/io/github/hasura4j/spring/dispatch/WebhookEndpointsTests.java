package io.github.hasura4j.spring.dispatch;

import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.WebhookEndpoints.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebhookEndpointsTests {

    private final WebhookEndpoints endpoints = new WebhookEndpoints(
            Map.of(WebhookKind.ACTION, "/hasura/actions", WebhookKind.SCHEDULED, "/hasura/scheduled"));

    @ParameterizedTest
    @CsvSource({
        "/hasura/actions,",
        "/hasura/actions/,",
        "/hasura/actions/login, login",
        "/hasura/actions/login/, login",
        "/hasura/actions/login//, login/",
        "/hasura/actions/a/b, a/b",
        "/hasura/actions/send%20reminders, send reminders",
        "/hasura/actions/100%, 100%"
    })
    void findWhatStandsBehindThePath(String path, String name) {
        assertThat(endpoints.find(path)).isEqualTo(new Target(WebhookKind.ACTION, name));
    }

    @Test
    void knowTheirKind() {
        assertThat(endpoints.find("/hasura/scheduled/x")).isEqualTo(new Target(WebhookKind.SCHEDULED, "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "/hasura", "/hasura/action", "/hasura/actionsX", "/x/hasura/actions", "hasura/actions"})
    void leaveEverythingElseAlone(String path) {
        assertThat(endpoints.find(path)).isNull();
    }

    @Test
    void doNotShowWhatMayBeASecret() {
        assertThat(endpoints.find("/hasura/actions/s3cret")).asString().doesNotContain("s3cret");
    }
}
