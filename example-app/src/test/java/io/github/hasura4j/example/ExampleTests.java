package io.github.hasura4j.example;

import java.time.Duration;
import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import io.github.hasura4j.spring.metadata.HasuraContract;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole loop, with the project of the example itself: what the README tells a newcomer to try. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import(LocalEngine.class)
@ActiveProfiles("local")
@ExtendWith(OutputCaptureExtension.class)
class ExampleTests {

    private final Engine engine;
    private final Engine admin;
    private final Engine schema;

    private final HasuraJwt jwt;

    ExampleTests(
            @Value("${local.hasura.port}") int port, @LocalServerPort int applicationPort, @Autowired HasuraJwt jwt) {
        this.schema = Engine.at(applicationPort, "/graphql").with("Content-Type", "application/json");
        this.jwt = jwt;
        this.engine = Engine.at(port);
        this.admin = engine.with("x-hasura-admin-secret", "local-admin-secret");
    }

    @DynamicPropertySource
    static void freePort(DynamicPropertyRegistry registry) {
        int port = TestSocketUtils.findAvailableTcpPort();
        registry.add("local.hasura.port", () -> port);
    }

    @Test
    void anybodySaysHello() {
        assertThat(engine.send("{ hello }")).isEqualTo("{\"data\":{\"hello\":\"Hello World\"}}");
    }

    @Test
    void onlyTheEngineSaysHelloDirectly() {
        assertThat(schema.send("{ hello }"))
                .isEqualTo("{\"errors\":[{\"message\":\"The webhook secret is missing or wrong\","
                        + "\"extensions\":{\"code\":\"unauthenticated\"}}]}");
        assertThat(schema.with("X-Webhook-Secret", "local-webhook-secret").send("{ hello }"))
                .isEqualTo("{\"data\":{\"hello\":\"Hello World\"}}");
    }

    @Test
    void theEngineAgreesWithTheHandlers(@Autowired ApplicationContext context, @Autowired HasuraClient hasura) {
        HasuraContract.of(context).against(hasura).assertInSync();
    }

    @Test
    void whoeverLogsInMayReadUsers() {
        assertThat(engine.send("{ user { id name } }")).contains("field 'user' not found in type: 'query_root'");

        String answer =
                engine.send("mutation { login(username: \"username\", password: \"password\") { AccessToken } }");
        assertThat(answer).startsWith("{\"data\":{\"login\":{\"AccessToken\":\"ey");
        String token = answer.replaceFirst(".*\"AccessToken\":\"([^\"]+)\".*", "$1");

        assertThat(engine.with("Authorization", "Bearer " + token).send("{ user { id name } }"))
                .startsWith("{\"data\":{\"user\":[");
        assertThat(engine.with("Authorization", "Bearer " + token)
                        .send("mutation { insert_user_one(object: {name: \"Eve\"}) { id } }"))
                .contains("no mutations exist");
    }

    @Test
    void theEngineReadsAMintedTokenAsWeDo() {
        String token = jwt.token()
                .subject(7)
                .roles("user", "editor")
                .defaultRole("editor")
                .variable("x-hasura-org-ids", List.of("a b", "c"))
                .claim("name", "Ada")
                .sign();
        Engine asEditor = engine.with("Authorization", "Bearer " + token);

        assertThat(asEditor.send("{ user { id } }")).contains("field 'user' not found in type: 'query_root'");
        assertThat(asEditor.with("x-hasura-role", "user").send("{ user { id } }"))
                .startsWith("{\"data\":{\"user\":[");
        assertThat(asEditor.with("x-hasura-role", "boss").send("{ user { id } }"))
                .contains("\"code\":\"access-denied\"")
                .contains("Your requested role is not in allowed roles");
        assertThatThrownBy(() -> jwt.verify(token, "boss")).hasMessage("Your requested role is not in allowed roles");
    }

    @Test
    void aWrongPasswordIsAnErrorTheClientCanBranchOn() {
        assertThat(engine.send("mutation { login(username: \"username\", password: \"wrong\") { AccessToken } }"))
                .isEqualTo("{\"errors\":[{\"message\":\"Wrong username or password\","
                        + "\"extensions\":{\"code\":\"invalid-credentials\"}}]}");
        assertThat(engine.send("mutation { login(username: \" \", password: \"x\") { AccessToken } }"))
                .contains("\"code\":\"validation-failed\"")
                .contains("{\"path\":\"username\",\"message\":\"must not be blank\"}");
    }

    @Test
    void aNewUserIsGreetedAndAllUsersAreFetched(CapturedOutput output) {
        assertThat(admin.send("mutation { insert_user_one(object: {name: \"Ada\"}) { id name } }"))
                .startsWith("{\"data\":{\"insert_user_one\":{\"id\":\"");

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(output)
                        .contains("Hello Ada")
                        .contains("Sent query user { user { id name } }")
                        .containsPattern("All users: \\[.*name=Ada\\]"));
    }
}
