package io.github.hasura4j.example;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.hasura4j.client.DynamicResult;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraGraphQlException;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasura;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The client as the guide shows it, against the local engine as the guide shows it. */
class GuideClientTests {

    private static LocalHasura engine;
    private static HasuraClient hasura;

    @BeforeAll
    static void start() {
        // tag::local-engine[]
        engine = LocalHasura.forProject(Path.of("hasura"))
                .adminSecret("local-admin-secret")
                .environment("HANDLER_URL", "http://localhost:8081")
                .environment("WEBHOOK_SECRET", "local-webhook-secret")
                .eventsInterval(Duration.ofMillis(50))
                .start();
        // end::local-engine[]
        URI endpoint = engine.url();
        // tag::builder[]
        hasura = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("local-admin-secret")
                .requestTimeout(Duration.ofSeconds(5))
                .build();
        // end::builder[]
        hasura.mutation("insert_user")
                .arg("objects", List.of(Map.of("name", "Ada"), Map.of("name", "Grace")))
                .select("affected_rows")
                .execute()
                .data();
    }

    @AfterAll
    static void stop() {
        engine.close();
    }

    @Test
    void asksByField() {
        // tag::dynamic[]
        DynamicResult users = hasura.query("user")
                .arg("where", Map.of("name", Map.of("_ilike", "a%")))
                .arg("limit", 10)
                .select("id", "name")
                .execute();

        users.request()
                .document(); // query user($where: user_bool_exp, $limit: Int) { user(where: $where, limit: $limit) { …
        // } }
        users.data(); // {"user": [{"id": …, "name": "Ada"}]}, a JsonNode
        List<User> rows = users.rows(User.class);
        // end::dynamic[]
        assertThat(rows).extracting(User::name).containsExactly("Ada");
        assertThat(users.request().document()).startsWith("query user($where: user_bool_exp, $limit: Int) { user(");
    }

    @Test
    void asksByDocument() {
        String name = "Grace";
        // tag::document[]
        List<User> found = hasura.document("""
                        query byName($name: String!) {
                          user(where: {name: {_eq: $name}}) { id name }
                        }""").variable("name", name).fetchList("user", User.class);
        // end::document[]
        assertThat(found).singleElement().extracting(User::name).isEqualTo("Grace");
    }

    @Test
    void asksAsSomebodyElse() {
        SessionVariables session = SessionVariables.of(Map.of(
                "x-hasura-role", "user", "x-hasura-user-id", UUID.randomUUID().toString()));
        // tag::identity[]
        List<User> visible =
                hasura.as(session).query("user").select("name").execute().rows(User.class);
        List<User> asRole =
                hasura.asRole("user").query("user").select("name").execute().rows(User.class);
        // end::identity[]
        assertThat(visible).hasSize(2);
        assertThat(asRole).hasSize(2);
    }

    @Test
    void hearsWhatWentWrong() {
        // tag::errors[]
        DynamicResult refused =
                hasura.asRole("user").query("user").select("id", "password").execute();
        assertThatExceptionOfType(HasuraGraphQlException.class)
                .isThrownBy(refused::data)
                .satisfies(e -> {
                    assertThat(e.code()).contains("validation-failed");
                    assertThat(e.path()).contains("$.selectionSet.user.selectionSet.password");
                });
        // end::errors[]
        assertThat(refused.hasErrors()).isTrue();
    }
}
