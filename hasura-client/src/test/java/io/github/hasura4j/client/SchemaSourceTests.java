package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

import io.github.hasura4j.payload.Maybe;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SchemaSourceTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    @Nested
    class Sdl {

        private final HasuraClient hasura = engine.client()
                .schema(SchemaSource.sdl("graphql/schema.graphqls"))
                .build();

        @Test
        void typesArgumentsWithoutAskingTheEngine() {
            DynamicResult result = hasura.query("user")
                    .arg("order_by", List.of(Map.of("name", "asc")))
                    .select("id", Selection.of("orders").arg("limit", 3).select("id"))
                    .execute();

            assertThat(result.request().document())
                    .isEqualTo("query user($order_by: [user_order_by!], $orders_limit: Int) "
                            + "{ user(order_by: $order_by) { id orders(limit: $orders_limit) { id } } }");
            assertThat(engine.introspections()).isZero();
        }

        @Test
        void checksCallsWithoutArgumentsToo() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("user").select("nmae").execute())
                    .withMessageContaining("'user' has no field 'nmae'");
            assertThat(engine.received()).isEmpty();
        }

        @Test
        void mayBeExtended() {
            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() -> hasura.query("later").arg("y", 1).execute())
                    .withMessageContaining("Known: x");
        }

        @Test
        void knowsTheMutations() {
            assertThat(hasura.mutation("ping")
                            .arg("times", 1)
                            .execute()
                            .request()
                            .document())
                    .isEqualTo("mutation ping($times: Int) { ping(times: $times) }");
        }

        @Test
        void isNamedIfItIsNotThereOrNoGraphQl() {
            assertRefused(
                    SchemaSource.sdl("graphql/none.graphqls"), "'graphql/none.graphqls' is not on the class path");
            assertRefused(SchemaSource.sdl("projects/kitchen-sink/config.yaml"), "is not valid GraphQL: see line");
        }
    }

    @Nested
    class IntrospectionJson {

        @TempDir
        private Path folder;

        @Test
        void typesArgumentsWithoutAskingTheEngine() throws Exception {
            engine.admin().query("user").arg("limit", 1).select("id").execute(); // So that it tells its schema once.
            java.net.http.HttpResponse<String> told = java.net.http.HttpClient.newHttpClient()
                    .send(
                            java.net.http.HttpRequest.newBuilder(URI.create(engine.uri() + "/v1/graphql"))
                                    .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                                            engine.received().get(0).text()))
                                    .build(),
                            java.net.http.HttpResponse.BodyHandlers.ofString());
            Files.writeString(folder.resolve("schema.json"), told.body());

            try (FakeEngine other = new FakeEngine()) {
                HasuraClient hasura = fromFolder(() -> other.client()
                        .schema(SchemaSource.introspectionJson("schema.json"))
                        .build());

                String document = fromFolder(() -> hasura.query("user")
                        .arg("limit", 1)
                        .select("id")
                        .execute()
                        .request()
                        .document());

                assertThat(document).contains("$limit: Int");
                assertThat(other.introspections()).isZero();
            }
        }

        @Test
        void isNamedIfItIsSomethingElse() {
            assertRefused(
                    SchemaSource.introspectionJson("graphql/schema.graphqls"),
                    "is no answer to an introspection query");
        }

        private <T> T fromFolder(java.util.function.Supplier<T> action) throws Exception {
            Thread thread = Thread.currentThread();
            ClassLoader before = thread.getContextClassLoader();
            try (java.net.URLClassLoader loader = new java.net.URLClassLoader(
                    new java.net.URL[] {folder.toUri().toURL()}, before)) {
                thread.setContextClassLoader(loader);
                return action.get();
            } finally {
                thread.setContextClassLoader(before);
            }
        }
    }

    @Nested
    class None {

        enum Direction {
            asc,
            desc
        }

        record Filter(Map<String, String> name) {}

        private final HasuraClient hasura =
                engine.client().schema(SchemaSource.none()).build();

        @Test
        void writesArgumentsDown() {
            DynamicResult result = hasura.query("user")
                    .arg("where", new TreeMap<>(Map.of("name", Map.of("_ilike", "a\"\\\n%"))))
                    .arg("limit", 10)
                    .arg("order_by", List.of(Map.of("name", EnumValue.of("asc"))))
                    .select("id", Selection.of("orders").arg("limit", null).select("id"))
                    .execute();

            assertThat(result.request().document())
                    .isEqualTo("query user { user(where: {name: {_ilike: \"a\\\"\\\\\\u000a%\"}}, limit: 10, "
                            + "order_by: [{name: asc}]) { id orders(limit: null) { id } } }");
            assertThat(result.request().variables()).isEmpty();
            assertThat(engine.introspections()).isZero();
        }

        @Test
        void writesValuesOfManyTypes() {
            engine.withoutValidation();
            assertThat(written(Direction.desc)).isEqualTo("desc");
            assertThat(written(new BigDecimal("12345678901234567890.50"))).isEqualTo("12345678901234567890.50");
            assertThat(written(UUID.fromString("b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11")))
                    .isEqualTo("\"b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11\"");
            assertThat(written(LocalDate.of(2026, 8, 1))).isEqualTo("\"2026-08-01\"");
            assertThat(written(new Filter(Map.of("_eq", "Ada")))).isEqualTo("{name: {_eq: \"Ada\"}}");
            assertThat(written(new int[] {1, 2})).isEqualTo("[1, 2]");
            assertThat(written(Arrays.asList(true, null))).isEqualTo("[true, null]");
            assertThat(written(Map.of("a", Maybe.absent()))).isEqualTo("{}");
            assertThat(written(Double.NaN)).isEqualTo("\"NaN\"");
            assertThat(written("größe \ud83d\ude00")).isEqualTo("\"größe \ud83d\ude00\"");
        }

        @Test
        void refusesJsonObjectsWithAnExplanation() {
            for (Object json : List.of(
                    JsonMapper.shared().readTree("{\"a\": 1}"),
                    JsonMapper.shared().readTree("[{\"a\": 1}]"),
                    Map.of("not-a-name", 1),
                    Map.of("deep", Map.of("", 1)))) {
                assertThatExceptionOfType(HasuraRequestException.class)
                        .isThrownBy(() ->
                                hasura.query("user").arg("x", json).select("id").execute())
                        .withMessageContaining("JSON object")
                        .withMessageContaining("SchemaSource.introspect()");
            }
            assertThat(engine.received()).isEmpty();
        }

        @Test
        void refusesWhatHoldsItself() {
            List<Object> list = new ArrayList<>();
            list.add(list);

            assertThatExceptionOfType(HasuraRequestException.class)
                    .isThrownBy(() ->
                            hasura.query("user").arg("x", list).select("id").execute())
                    .withMessageContaining("holds itself");
        }

        private String written(Object value) {
            String document =
                    hasura.query("x").arg("v", value).execute().request().document();
            return document.substring("query x { x(v: ".length(), document.length() - ") }".length());
        }
    }

    @Nested
    class Directives {

        private final HasuraClient hasura = engine.admin();

        @Test
        void ofAConditionHaveAVariable() {
            DynamicResult result = hasura.query("user")
                    .select("id", Selection.of("name").includeIf(false))
                    .execute();

            assertThat(result.request().document())
                    .isEqualTo("query user($name_include: Boolean!) { user { id name @include(if: $name_include) } }");
            assertThat(engine.asked().body().path("variables").toString()).isEqualTo("{\"name_include\":false}");
        }

        @Test
        void ofOtherKindsAreWrittenDown() {
            engine.withoutValidation();

            assertThat(hasura.query("user")
                            .directive("cached", new TreeMap<>(Map.of("refresh", true, "ttl", 60)))
                            .select("id")
                            .execute()
                            .request()
                            .document())
                    .isEqualTo("query user @cached(refresh: true, ttl: 60) { user { id } }");
        }

        @Test
        void letTheEngineCache() {
            engine.withoutValidation();

            assertThat(hasura.query("user")
                            .arg("limit", 1)
                            .cached(Duration.ofMinutes(2))
                            .select("id")
                            .execute()
                            .request()
                            .document())
                    .isEqualTo("query user($limit: Int) @cached(ttl: 120) { user(limit: $limit) { id } }");
            assertThatIllegalStateException()
                    .isThrownBy(() -> hasura.mutation("ping").cached(Duration.ofMinutes(2)));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hasura.query("user").cached(Duration.ofMillis(2)));
        }

        @Test
        void areRefusedWithoutAName() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> hasura.query("user").directive("@cached", Map.of()));
        }
    }

    @Nested
    class AName {

        @Test
        void ofTheOperationMayBeOnesOwn() {
            DynamicResult result = engine.admin()
                    .query("user")
                    .named("openOrders")
                    .select("id")
                    .execute();

            assertThat(result.request().document()).isEqualTo("query openOrders { user { id } }");
            assertThat(engine.asked().body().path("operationName").asString()).isEqualTo("openOrders");
        }
    }

    @Nested
    class ACallWithoutArguments {

        @Test
        void isCheckedOnceTheSchemaIsThere() {
            HasuraClient hasura = engine.admin();
            hasura.query("user").arg("limit", 1).select("id").execute();
            engine.received().clear();

            assertThat(hasura.query("user").select("id").execute().hasErrors()).isFalse();
            assertThat(engine.introspections()).isZero();
        }

        @Test
        void isSentAllTheSameWhereTheEngineMayKnowMore() {
            engine.withoutValidation();
            HasuraClient hasura = engine.admin();
            hasura.query("user").arg("limit", 1).select("id").execute();

            hasura.query("tracked_a_moment_ago").select("id").execute();

            assertThat(engine.received().get(2).document()).contains("tracked_a_moment_ago");
        }
    }

    private void assertRefused(SchemaSource source, String message) {
        assertThatExceptionOfType(HasuraRequestException.class)
                .isThrownBy(() -> engine.client()
                        .schema(source)
                        .build()
                        .query("user")
                        .arg("limit", 1)
                        .select("id")
                        .execute())
                .withMessageContaining(message);
    }
}
