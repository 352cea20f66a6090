package io.github.hasura4j.example;

import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import io.github.hasura4j.spring.metadata.HasuraContract;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.spring.AutoConfigureLocalHasura;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The whole loop, with the project of the example itself: what the README tells a newcomer to try. */
// tag::annotation[]
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalHasura(environment = "HASURA_GRAPHQL_UNAUTHORIZED_ROLE=anonymous")
// end::annotation[]
@ExtendWith(OutputCaptureExtension.class)
class ExampleTests {

    private final LocalHasura hasura;
    private final HasuraClient client;
    private final Engine engine;
    private final Engine schema;
    private final String webhookSecret;
    private final HasuraJwt jwt;

    ExampleTests(
            @Autowired LocalHasura hasura,
            @Autowired HasuraClient client,
            @Value("${hasura.webhook.secret}") String webhookSecret,
            @LocalServerPort int applicationPort,
            @Autowired HasuraJwt jwt) {
        this.hasura = hasura;
        this.client = client;
        this.engine = Engine.at(hasura.port());
        this.schema = Engine.at(applicationPort, "/graphql").with("Content-Type", "application/json");
        this.webhookSecret = webhookSecret;
        this.jwt = jwt;
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
        assertThat(schema.with("X-Webhook-Secret", webhookSecret).send("{ hello }"))
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

    // tag::deliveries[]
    @Test
    void aNewUserIsGreetedAndAllUsersAreFetched(CapturedOutput output) {
        client.document("mutation { insert_user_one(object: {name: \"Ada\"}) { id } }")
                .execute();

        assertThat(hasura.deliveries("newUser"))
                .succeeded()
                .times(1)
                .rows(User.class)
                .extracting(User::name)
                .containsExactly("Ada");
        // end::deliveries[]
        assertThat(output)
                .contains("Hello Ada")
                .contains("Sent query user { user { id name } }")
                .containsPattern("All users: \\[.*name=Ada\\]");
        // tag::deliveries[]
    }
    // end::deliveries[]

    @Test
    void usersOfOtherTestsAreGone() {
        for (String name : List.of("Ada", "Bob")) {
            client.document("mutation { insert_user_one(object: {name: \"" + name + "\"}) { id } }")
                    .execute();
        }

        assertThat(client.document("{ user { id name } }").fetchList("user", User.class))
                .extracting(User::name)
                .containsExactlyInAnyOrder("Ada", "Bob");
        assertThat(hasura.deliveries("newUser")).succeeded().times(2);
    }
}
