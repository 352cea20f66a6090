package io.github.hasura4j.example;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.github.hasura4j.test.InconsistentObject;
import io.github.hasura4j.test.LocalHasura;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tutorial's own project directory, unchanged, with this example behind it and nothing changed but properties. Skipped where
 * that directory, which belongs to somebody else, is not beside the checkout.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.actions.path=/action",
            "hasura.webhook.events.path=/event",
            "hasura.webhook.allow-unauthenticated=true",
            "hasura.client.admin-secret=tutorial-secret",
            "hasura.jwt.secret={\"type\": \"HS256\", \"key\": \"0123456789abcdef0123456789abcdef\"}"
        })
@EnabledIf(value = "tutorialIsThere", disabledReason = "the tutorial's project is not beside this checkout: skipped")
@ExtendWith(OutputCaptureExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TutorialProjectTests {

    private static final Path TUTORIAL = Path.of("../../shared/contract/metadata-samples/learn-graphql-java");

    private final int enginePort;
    private final int applicationPort;
    private LocalHasura hasura;
    private Engine admin;

    TutorialProjectTests(@Value("${tutorial.engine.port}") int enginePort, @LocalServerPort int applicationPort) {
        this.enginePort = enginePort;
        this.applicationPort = applicationPort;
    }

    static boolean tutorialIsThere() {
        return Files.isDirectory(TUTORIAL);
    }

    @DynamicPropertySource
    static void freePort(DynamicPropertyRegistry registry) {
        int port = TestSocketUtils.findAvailableTcpPort();
        registry.add("tutorial.engine.port", () -> port);
        registry.add("hasura.client.endpoint", () -> "http://localhost:" + port);
    }

    @BeforeAll
    void start() {
        hasura = LocalHasura.forProject(TUTORIAL)
                .port(enginePort)
                .adminSecret("tutorial-secret")
                .connectTo("host.docker.internal:8081", "localhost:" + applicationPort)
                .eventsInterval(Duration.ofMillis(50))
                .start();
        admin = Engine.at(enginePort).with("x-hasura-admin-secret", "tutorial-secret");
    }

    @AfterAll
    void stop() {
        hasura.close();
    }

    @Test
    void logsIn() {
        assertThat(admin.send("mutation { login(username: \"username\", password: \"password\") { AccessToken } }"))
                .startsWith("{\"data\":{\"login\":{\"AccessToken\":\"ey");
    }

    @Test
    void saysHello() {
        assertThat(admin.send("{ hello }")).isEqualTo("{\"data\":{\"hello\":\"Hello World\"}}");
    }

    @Test
    void greetsANewUser(CapturedOutput output) {
        admin.send("mutation { insert_user_one(object: {name: \"Grace\"}) { id name } }");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(output)
                        .contains("Hello Grace")
                        .contains("Sent query user { user { id name } }")
                        .containsPattern("All users: \\[.*name=Grace\\]"));
    }

    @Test
    void reportsTheOtherRemoteSchemaWhichIsNotThere() {
        assertThat(hasura.inconsistentObjects())
                .extracting(InconsistentObject::type, InconsistentObject::name)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("remote_schema", "python"));
        assertThat(hasura.inconsistentObjects().get(0).reason())
                .contains("no answer from python-backend-server:8000: ");
    }
}
