package io.github.hasura4j.example;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.client.AccessToken;
import io.github.hasura4j.client.ClientObserver;
import io.github.hasura4j.client.ClientOperation;
import io.github.hasura4j.client.Credentials;
import io.github.hasura4j.client.DynamicCall;
import io.github.hasura4j.client.DynamicResult;
import io.github.hasura4j.client.EnumValue;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraConstraintViolationException;
import io.github.hasura4j.client.HasuraConstraintViolationException.Kind;
import io.github.hasura4j.client.HasuraException;
import io.github.hasura4j.client.HasuraInvalidOperationException;
import io.github.hasura4j.client.MutationGroup;
import io.github.hasura4j.client.Pending;
import io.github.hasura4j.client.RequestBatch;
import io.github.hasura4j.client.Result;
import io.github.hasura4j.client.RetryPolicy;
import io.github.hasura4j.client.ScalarCodec;
import io.github.hasura4j.client.SchemaSource;
import io.github.hasura4j.client.TokenSupplier;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.test.LocalHasura;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

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
    void asksAsTheTutorialDoes() {
        // tag::tutorial[]
        DynamicResult users = hasura.query("user").select("id", "name").execute();

        String sent = users.request().document(); // query user { user { id name } }
        JsonNode data = users.data(); // {"user": [{"id": …, "name": "Ada"}, …]}
        List<User> rows = users.rows(User.class);
        // end::tutorial[]
        assertThat(sent).isEqualTo("query user { user { id name } }");
        assertThat(data.path("user").size()).isEqualTo(2);
        assertThat(rows).extracting(User::name).contains("Ada", "Grace");
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

    // tag::variables[]
    record ByName(String pattern, Maybe<Integer> limit) {}

    record Found(List<User> user) {}
    // end::variables[]

    @Test
    void asksByTheNameOfADocument() {
        // tag::named[]
        Result<Found> found = hasura.documentName("usersByName") // graphql/usersByName.graphql on the class path
                .variables(new ByName("%a%", Maybe.absent())) // $limit keeps its default
                .execute(Found.class);

        List<User> users = found.data().user(); // or partialData() beside errors()
        // end::named[]
        assertThat(users).extracting(User::name).containsExactly("Ada", "Grace");
    }

    @Test
    void learnsTypesFromElsewhere() {
        URI endpoint = engine.url();
        // tag::schema[]
        HasuraClient blind = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("local-admin-secret")
                .schema(
                        SchemaSource
                                .none()) // or sdl("graphql/hasura.graphqls"), introspectionJson("graphql/hasura.json")
                .build();
        // end::schema[]
        try (blind) {
            assertThat(blind.query("user")
                            .arg("order_by", Map.of("name", EnumValue.of("asc")))
                            .select("name")
                            .execute()
                            .request()
                            .document())
                    .isEqualTo("query user { user(order_by: {name: asc}) { name } }");
        }
    }

    // tag::money[]
    record Money(String currency, BigDecimal amount) {

        static Money parse(String text) {
            String[] parts = text.split(" ");
            return new Money(parts[0], new BigDecimal(parts[1]));
        }

        String text() {
            return currency + " " + amount.toPlainString();
        }
    }
    // end::money[]

    @Test
    void readsScalarsOfOnesOwn() {
        URI endpoint = engine.url();
        // tag::scalar[]
        HasuraClient withMoney = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("local-admin-secret")
                .scalar(Money.class, ScalarCodec.text(Money::parse, Money::text))
                .build();
        // end::scalar[]
        try (withMoney) {
            withMoney
                    .mutation("insert_user_one")
                    .arg("object", Map.of("name", new Money("CHF", new BigDecimal("10.50"))))
                    .select("id")
                    .execute()
                    .data();
            record Priced(Money name) {}
            DynamicCall priced = withMoney
                    .query("user")
                    .arg("where", Map.of("name", Map.of("_ilike", "CHF%")))
                    .select("name");
            assertThat(priced.execute().row(Priced.class))
                    .contains(new Priced(new Money("CHF", new BigDecimal("10.50"))));
            withMoney
                    .mutation("delete_user")
                    .arg("where", Map.of("name", Map.of("_ilike", "CHF%")))
                    .select("affected_rows")
                    .execute()
                    .data();
        }
    }

    @Test
    void asksWithTokensThatEnd() {
        URI endpoint = engine.url();
        // tag::tokens[]
        TokenSupplier tokens = TokenSupplier.cached(() -> AccessToken.ofJwt(askTheProvider()), Duration.ofSeconds(30));
        HasuraClient web = HasuraClient.builder()
                .endpoint(endpoint)
                .credentials(Credentials.bearer(tokens))
                .build();
        // end::tokens[]
        try (web) {
            assertThat(web.toString()).doesNotContain("e30");
        }
    }

    private static String askTheProvider() {
        return "e30.e30.x";
    }

    // tag::constraint[]
    private static String register(DynamicCall insert) {
        try {
            insert.execute().data();
            return "Welcome";
        } catch (HasuraConstraintViolationException e) {
            if (e.kind() == Kind.UNIQUE) {
                return "Taken: " + e.constraint().orElse("something");
            }
            throw e;
        }
    }
    // end::constraint[]

    @Test
    void tellsWhatWasTaken() {
        UUID id = UUID.randomUUID();
        DynamicCall insert = hasura.mutation("insert_user_one")
                .arg("object", Map.of("id", id, "name", "Alan"))
                .select("id");

        assertThat(register(insert)).isEqualTo("Welcome");
        assertThat(register(insert)).isEqualTo("Taken: user_pkey");
        hasura.mutation("delete_user_by_pk")
                .arg("id", id)
                .select("id")
                .execute()
                .data();
    }

    @Test
    void repeatsAndWaitsAsTold() throws Exception {
        URI endpoint = engine.url();
        // tag::retry[]
        HasuraClient patient = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("local-admin-secret")
                .retry(RetryPolicy.standard().maxAttempts(4).retryOn(e -> e.hasCode("postgres-max-connections-error")))
                .build();
        CompletableFuture<DynamicResult> later = patient.query("user")
                .timeout(Duration.ofMillis(2500)) // for all attempts together
                .select("name")
                .executeAsync(); // later.cancel(true) aborts the request
        // end::retry[]
        try (patient) {
            assertThat(later.get().rows(User.class)).isNotEmpty();
        }
    }

    @Test
    void asksForSeveralThingsAtOnce() {
        // tag::batch[]
        RequestBatch batch = hasura.batch();
        Pending<DynamicResult> users = batch.add(hasura.query("user").select("name"));
        Pending<Result<Found>> found =
                batch.add(hasura.documentName("usersByName").variable("pattern", "A%"), Found.class);
        batch.execute();
        // end::batch[]
        assertThat(users.get().rows(User.class)).hasSizeGreaterThan(1);
        assertThat(found.get().data().user()).extracting(User::name).contains("Ada");
    }

    @Test
    void changesSeveralThingsOrNone() {
        // tag::group[]
        MutationGroup both = hasura.inOneRequest();
        Pending<DynamicResult> inserted = both.add(hasura.mutation("insert_user_one")
                .arg("object", Map.of("name", "Barbara"))
                .select("id"));
        Pending<DynamicResult> deleted = both.add(hasura.mutation("delete_user")
                .arg("where", Map.of("name", Map.of("_eq", "Barbara")))
                .select("affected_rows"));
        both.execute(); // all or nothing
        // end::group[]
        assertThat(inserted.get().row(User.class)).isPresent();
        assertThat(deleted.get().data().at("/delete_user/affected_rows").intValue())
                .isEqualTo(1);
    }

    @Test
    void standsAroundCalls() {
        URI endpoint = engine.url();
        List<String> log = new CopyOnWriteArrayList<>();
        // tag::hooks[]
        HasuraClient watched = HasuraClient.builder()
                .endpoint(endpoint)
                .adminSecret("local-admin-secret")
                .interceptor((operation, chain) -> chain.proceed(operation.withHeader("x-request-id", requestId()))
                        .whenComplete(
                                (response, failure) -> log.add(operation.name().orElse("?"))))
                .observer(new ClientObserver() {
                    @Override
                    public void repeating(
                            ClientOperation operation, int attempt, Duration delay, HasuraException failure) {
                        log.add("once more: " + operation);
                    }
                })
                .build();
        // end::hooks[]
        try (watched) {
            watched.query("user").select("name").execute().data();
        }
        assertThat(log).containsExactly("user");
    }

    private static String requestId() {
        return "7";
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
        Map<String, String> request = Map.of("cookie", "a=b");
        // tag::more-identity[]
        hasura.as(session).backendOnly(); // for permissions marked backend_only
        hasura.forwarding(request::get, "cookie", "x-trace"); // for actions that forward their client's headers
        // end::more-identity[]
        assertThat(visible).hasSize(2);
        assertThat(asRole).hasSize(2);
    }

    @Test
    void hearsWhatWentWrong() {
        // tag::errors[]
        DynamicResult refused =
                hasura.asRole("user").query("user").select("id", "password").execute();
        assertThatExceptionOfType(HasuraInvalidOperationException.class)
                .isThrownBy(refused::data)
                .satisfies(e -> {
                    assertThat(e.code()).contains("validation-failed");
                    assertThat(e.path()).contains("$.selectionSet.user.selectionSet.password");
                });
        // end::errors[]
        assertThat(refused.hasErrors()).isTrue();
    }
}
