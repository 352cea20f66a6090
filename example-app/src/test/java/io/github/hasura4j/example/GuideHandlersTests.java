package io.github.hasura4j.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.SelectedFields;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeader;
import io.github.hasura4j.spring.WebhookInterceptor;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** The handlers that the guide shows, called as the engine calls them. */
@SpringBootTest(
        classes = GuideHandlersTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=guide-secret", "spring.graphql.schema.locations=classpath:none/"})
class GuideHandlersTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({Accounts.class, Samples.class, Orders.class, Search.class, Reports.class, Prices.class, Timing.class})
    static class Application {}

    // tag::input-record[]
    record SignupInput(@NotBlank String name, @Email String email) {}

    record Account(UUID id, String name) {}

    @Component
    static class Accounts {

        @HasuraAction
        Account signup(SignupInput input) {
            if (input.email().endsWith("@taken.example")) {
                throw HasuraActionException.of("email-taken", "That e-mail is in use")
                        .with("field", "email");
            }
            return new Account(UUID.nameUUIDFromBytes(input.email().getBytes()), input.name());
        }
    }
    // end::input-record[]

    // tag::object-argument[]
    record SampleInput(String username, String password) {}

    @Component
    static class Samples {

        @HasuraAction
        String sample(SampleInput arg1) { // type Mutation { sample(arg1: SampleInput!): String }
            return "hello " + arg1.username();
        }
    }
    // end::object-argument[]

    // tag::payload[]
    record PlaceOrder(String sku, int quantity) {}

    record PlacedOrder(String customer, String sku) {}

    @Component
    static class Orders {

        @HasuraAction("placeOrder")
        PlacedOrder place(ActionPayload<PlaceOrder> payload) {
            String customer = payload.sessionVariables().require("x-hasura-user-id");
            return new PlacedOrder(customer, payload.input().sku());
        }
    }
    // end::payload[]

    // tag::arguments[]
    @Component
    static class Search {

        @HasuraAction
        List<String> search(
                String term,
                @Positive Integer limit,
                @ActionArgument("in") @Nullable String place,
                SessionVariables who,
                @WebhookHeader("x-b3-traceid") @Nullable String trace) {
            List<Integer> organisations = who.list("x-hasura-org-ids", Integer::valueOf);
            return List.of(term + " in " + place, "at most " + limit, "for " + organisations);
        }
    }
    // end::arguments[]

    // tag::selected-fields[]
    record Report(
            String title, @Nullable String chart, @Nullable Author author) {}

    record Author(String name, @Nullable String city) {}

    @Component
    static class Reports {

        @HasuraAction
        Report report(int month, SelectedFields wanted) {
            return new Report(
                    "Month " + month,
                    wanted.has("chart") ? draw(month) : null,
                    wanted.has("author") ? author(wanted.at("author")) : null);
        }

        private Author author(SelectedFields wanted) {
            return new Author("Ann", wanted.has("city") ? lookUpCity() : null);
        }
        // end::selected-fields[]

        private static String draw(int month) {
            return "*".repeat(month);
        }

        private static String lookUpCity() {
            return "Bern";
        }
        // tag::selected-fields[]
    }
    // end::selected-fields[]

    // tag::event[]
    record Product(Long id, java.math.BigDecimal price) {}

    @Component
    static class Prices {

        final Map<Long, String> changes = new ConcurrentHashMap<>();

        @HasuraEvent("product_changed")
        void changed(EventPayload<Product, Product> event) {
            switch (event.operation()) {
                case INSERT ->
                    changes.put(event.newRow().id(), "new at " + event.newRow().price());
                case UPDATE ->
                    changes.put(
                            event.newRow().id(),
                            event.oldRow().price() + " to " + event.newRow().price());
                case DELETE -> changes.remove(event.oldRow().id());
                default -> {}
            }
        }
    }
    // end::event[]

    // tag::interceptor[]
    @Component
    @Order(1)
    static class Timing implements WebhookInterceptor {

        final Map<String, Long> nanos = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object intercept(WebhookCall call, Chain chain) throws Exception {
            long begin = System.nanoTime();
            try {
                return chain.proceed();
            } finally {
                nanos.put(call.name(), System.nanoTime() - begin);
            }
        }
    }
    // end::interceptor[]

    @Test
    void anInputRecordIsValidated() {
        assertThat(action("signup", "{\"name\": \"Ann\", \"email\": \"ann@example.com\"}")
                        .body())
                .contains("\"name\":\"Ann\"");
        HttpResponse<String> refused = action("signup", "{\"name\": \"\", \"email\": \"nonsense\"}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .contains("\"code\":\"validation-failed\"")
                .contains("{\"path\":\"name\",\"message\":\"must not be blank\"}")
                .contains("\"path\":\"email\"");
    }

    @Test
    void aSingleObjectArgumentIsTheInput() {
        assertThat(action("sample", "{\"arg1\": {\"username\": \"ada\", \"password\": \"p\"}}")
                        .body())
                .isEqualTo("\"hello ada\"");
    }

    @Test
    void aRefusalReachesTheClientWordForWord() {
        assertThat(action("signup", "{\"name\": \"Ann\", \"email\": \"a@taken.example\"}")
                        .body())
                .isEqualTo(
                        "{\"message\":\"That e-mail is in use\",\"extensions\":{\"code\":\"email-taken\",\"field\":\"email\"}}");
    }

    @Test
    void thePayloadHasTheSession() {
        assertThat(action("placeOrder", "{\"sku\": \"A-1\", \"quantity\": 2}").body())
                .isEqualTo("{\"customer\":\"7\",\"sku\":\"A-1\"}");
    }

    @Test
    void argumentsComeInAnyOrder() {
        assertThat(action("search", "{\"in\": \"Bern\", \"limit\": 3, \"term\": \"tea\"}")
                        .body())
                .isEqualTo("[\"tea in Bern\",\"at most 3\",\"for [1, 2]\"]");
        assertThat(action("search", "{\"limit\": 0, \"term\": \"tea\"}").body())
                .contains("{\"path\":\"limit\",\"message\":\"must be greater than 0\"}");
    }

    @Test
    void fieldsThatNobodyAskedForAreLeftOut() {
        assertThat(action("report", "{\"month\": 3}", "\"{ report(month: 3) { title author { name } } }\"")
                        .body())
                .isEqualTo("{\"title\":\"Month 3\",\"chart\":null,\"author\":{\"name\":\"Ann\",\"city\":null}}");
        assertThat(action("report", "{\"month\": 3}", "null").body())
                .isEqualTo("{\"title\":\"Month 3\",\"chart\":\"***\",\"author\":{\"name\":\"Ann\",\"city\":\"Bern\"}}");
    }

    @Test
    void aHandlerIsAPlainMethod() {
        // tag::selected-fields-test[]
        SelectedFields wanted = SelectedFields.from("report", "{ report { title chart } }");
        assertThat(new Reports().report(3, wanted)).isEqualTo(new Report("Month 3", "***", null));
        // end::selected-fields-test[]
    }

    @Test
    void anEventIsAcknowledged() {
        String event = """
                {"id": "1", "created_at": "2024-01-01T00:00:00", "table": {"schema": "public", "name": "product"},
                 "trigger": {"name": "product_changed"}, "delivery_info": {"current_retry": 0, "max_retries": 0},
                 "event": {"op": "UPDATE", "session_variables": null,
                           "data": {"old": {"id": 1, "price": 1.50}, "new": {"id": 1, "price": 2}}}}""";
        HttpResponse<String> answer = post("/hasura/events", event);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{}");
    }

    private HttpResponse<String> action(String name, String input) {
        return action(name, input, "null");
    }

    private HttpResponse<String> action(String name, String input, String requestQuery) {
        return post(
                "/hasura/actions",
                "{\"action\": {\"name\": \"%s\"}, \"input\": %s, \"session_variables\": {\"x-hasura-role\": \"user\","
                                .formatted(name, input)
                        + " \"x-hasura-user-id\": \"7\", \"x-hasura-org-ids\": \"{1,2}\"}, \"request_query\": "
                        + requestQuery + "}");
    }

    private HttpResponse<String> post(String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", "guide-secret")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
