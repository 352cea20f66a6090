package io.github.hasura4j.spring.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

import io.github.hasura4j.spring.HasuraAction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/** Handlers run on virtual threads where the application wants them, on either web stack. */
@EnabledForJreRange(min = JRE.JAVA_21)
@SpringBootTest(
        classes = WebhookVirtualThreadsTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=thread-secret", "spring.threads.virtual.enabled=true"})
class WebhookVirtualThreadsTests {

    @LocalServerPort
    private int port;

    @Test
    void runHandlers() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/hasura/actions/thread"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", "thread-secret")
                .POST(BodyPublishers.ofString("{\"input\": {}}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body())
                .contains("VirtualThread");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    static class Handlers {

        @HasuraAction
        String thread() {
            return Thread.currentThread().toString();
        }
    }
}
