package io.github.hasura4j.example;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.Fetch;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.test.LocalHasura;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Component;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide shows of fetches, against the local engine. */
@SpringBootTest(
        classes = GuideFetchTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.secret=fetch-secret",
            "hasura.client.admin-secret=fetch-admin-secret",
            "spring.graphql.schema.locations=classpath:none/"
        })
class GuideFetchTests {

    private static final List<String> SENT = new CopyOnWriteArrayList<>();

    private static int enginePort;

    @DynamicPropertySource
    static void engine(DynamicPropertyRegistry registry) throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            enginePort = free.getLocalPort();
        }
        registry.add("hasura.client.endpoint", () -> "http://localhost:" + enginePort);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Greeter.class)
    static class Application {}

    // tag::fetch[]
    @Component
    static class Greeter {

        @HasuraEvent("newUser")
        void greet(User user, @Fetch("namesakes") List<User> others) {
            SENT.add("Welcome, %s! You have %d namesakes.".formatted(user.name(), others.size()));
        }
    }
    // end::fetch[]

    @Test
    void knowsWhatTheRowDoesNotSay(@LocalServerPort int port, @Autowired HasuraClient client) {
        try (LocalHasura hasura = LocalHasura.forProject(Path.of("hasura"))
                .port(enginePort)
                .adminSecret("fetch-admin-secret")
                .environment("HANDLER_URL", "http://localhost:" + port)
                .environment("WEBHOOK_SECRET", "fetch-secret")
                .eventsInterval(Duration.ofMillis(20))
                .start()) {
            for (int i = 0; i < 2; i++) {
                client.mutation("insert_user_one")
                        .arg("object", Map.of("name", "Ada"))
                        .select("name")
                        .execute();
                hasura.awaitIdle();
            }

            assertThat(SENT)
                    .containsExactly("Welcome, Ada! You have 0 namesakes.", "Welcome, Ada! You have 1 namesakes.");
        }
    }
}
