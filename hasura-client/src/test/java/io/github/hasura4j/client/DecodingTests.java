package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DecodingTests {

    private static final String AMOUNTS = """
            {"data": {"user": [
              {"id": 384622082018771969, "total": 12345678901234567890.123456789012345, "price": 10.50},
              {"id": "384622082018771969", "total": "12345678901234567890.123456789012345", "price": "10.50"}]}}""";

    @AutoClose
    private final FakeEngine engine = new FakeEngine().withoutValidation();

    record Amount(Long id, BigDecimal total, BigDecimal price) {}

    @Nested
    class Numbers {

        @Test
        void keepEveryDigitInARecordWhetherTheyAreTextOrNot() {
            Amount exact = new Amount(
                    384622082018771969L,
                    new BigDecimal("12345678901234567890.123456789012345"),
                    new BigDecimal("10.50"));

            assertThat(answer(AMOUNTS).rows(Amount.class)).containsExactly(exact, exact);
        }

        @Test
        void keepEveryDigitInATree() {
            JsonNode row = answer(AMOUNTS).data().at("/user/0");

            assertThat(row.path("total").decimalValue()).isEqualTo("12345678901234567890.123456789012345");
            assertThat(row.path("price").decimalValue()).isEqualTo(new BigDecimal("10.50"));
            assertThat(row.path("id").longValue()).isEqualTo(384622082018771969L);
            assertThat(row)
                    .hasToString(
                            "{\"id\":384622082018771969,\"total\":12345678901234567890.123456789012345,\"price\":10.50}");
        }

        @Test
        void keepEveryDigitWithAMapperOfTheUsers() {
            engine.answers(
                    "{\"data\": {\"user\": [{\"grand_total\": 10.50, \"big\": 123456789012345678901234567890}]}}");
            record Row(BigDecimal grandTotal, JsonNode big) {}
            HasuraClient hasura = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                            .build())
                    .build();

            Row row = hasura.query("user")
                    .select("grand_total", "big")
                    .execute()
                    .row(Row.class)
                    .orElseThrow();

            assertThat(row.grandTotal()).isEqualTo(new BigDecimal("10.50"));
            assertThat(row.big().bigIntegerValue()).isEqualTo(new BigInteger("123456789012345678901234567890"));
        }
    }

    @Nested
    class Limits {

        @Test
        void leaveRoomForTheLongestNumericOfPostgres() {
            String digits = "9".repeat(131_072) + "." + "1".repeat(16_383);
            record Long(BigDecimal total) {}

            Long row = answer("{\"data\": {\"user\": [{\"total\": %s}]}}".formatted(digits))
                    .row(Long.class)
                    .orElseThrow();

            assertThat(row.total()).isEqualTo(new BigDecimal(digits));
        }

        @Test
        void leaveRoomForDeepDocuments() {
            assertThat(answer(nested(900)).data().path("user").isArray()).isTrue();
        }

        @Test
        void areNamedWhenTheyAreHit() {
            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(() -> answer(nested(1100)).data())
                    .withMessageContaining("goes beyond a limit of the JSON mapper (MaxNestingDepth)")
                    .withMessageNotContaining("Is the endpoint")
                    .satisfies(e -> assertThat(e.reason()).isEqualTo(HasuraTransportException.Reason.LIMIT));
            assertThatExceptionOfType(HasuraTransportException.class)
                    .isThrownBy(() -> answer(nested(1100)).rows(JsonNode.class))
                    .withMessageContaining("MaxNestingDepth");
        }

        @Test
        void areTheUsersIfTheyAreLarger() {
            engine.answers(nested(1100));
            HasuraClient hasura = engine.client()
                    .jsonMapper(JsonMapper.builder(JsonFactory.builder()
                                    .streamReadConstraints(StreamReadConstraints.builder()
                                            .maxNestingDepth(2000)
                                            .build())
                                    .build())
                            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                            .build())
                    .build();

            assertThat(hasura.query("user").execute().data().path("user").isArray())
                    .isTrue();
        }

        private String nested(int depth) {
            return "{\"data\": {\"user\": " + "[".repeat(depth - 2) + "]".repeat(depth - 2) + "}}";
        }
    }

    @Nested
    class Strictness {

        @Test
        void ofTheUsersMapperIsNotForTheSchema() {
            engine.answers("{\"data\": {\"user\": []}}");
            HasuraClient hasura = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
                            .enable(
                                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                            .build())
                    .build();

            assertThat(hasura.query("user")
                            .arg("limit", 1)
                            .select("id")
                            .execute()
                            .rows(Amount.class))
                    .isEmpty();
        }
    }

    @Nested
    class OtherTypes {

        record Moment(
                UUID id,
                @JsonProperty("created_at") OffsetDateTime createdAt,
                @JsonProperty("seen_at") Instant seenAt,
                LocalDate day,
                LocalTime hour) {}

        @Test
        void bindAsTheEngineWritesThem() {
            engine.answers("""
                    {"data": {"user": [{"id": "b7f1a2de-0c3d-4a4c-9b0e-5b1b3a6d7c11",
                      "created_at": "2026-08-01T10:20:30.12345+00:00", "seen_at": "2026-08-01T12:20:30+02:00",
                      "day": "2026-08-01", "hour": "10:20:30.5", "new_column": {"deep": [1, 2]}}]}}""");

            Moment moment = answer().row(Moment.class).orElseThrow();

            assertThat(moment.createdAt()).isEqualTo("2026-08-01T10:20:30.12345Z");
            assertThat(moment.seenAt()).isEqualTo("2026-08-01T10:20:30Z");
            assertThat(moment.day()).isEqualTo("2026-08-01");
            assertThat(moment.hour()).isEqualTo(LocalTime.of(10, 20, 30, 500_000_000));
        }
    }

    @Nested
    class WhatDoesNotFit {

        record Line(int quantity) {}

        record Order(UUID id, List<Line> lines) {}

        record Picky(String name) {
            Picky {
                throw new IllegalArgumentException("I do not like " + name);
            }
        }

        @Test
        void isToldByPathTypeAndKindButNotByValue() {
            HasuraDecodingException e = failing(
                    "{\"data\": {\"user\": [{}, {\"lines\": [{\"quantity\": 1}, {\"quantity\": \"hunter2\"}]}]}}",
                    Order.class);

            assertThat(e.path()).isEqualTo("user[1].lines[1].quantity");
            assertThat(e.wanted()).isEqualTo(int.class);
            assertThat(e.found()).isEqualTo("text");
            assertThat(e)
                    .hasMessage("The answer to 'user' has text at 'user[1].lines[1].quantity', where int was wanted.");
        }

        @Test
        void mayBeAnId() {
            HasuraDecodingException e = failing("{\"data\": {\"user\": [{\"id\": \"hunter2\"}]}}", Order.class);

            assertThat(e.path()).isEqualTo("user[0].id");
            assertThat(e.wanted()).isEqualTo(UUID.class);
        }

        @Test
        void mayBeANumberThatIsTooLarge() {
            HasuraDecodingException e =
                    failing("{\"data\": {\"user\": [{\"lines\": [{\"quantity\": 99999999999}]}]}}", Order.class);

            assertThat(e.path()).isEqualTo("user[0].lines[0].quantity");
            assertThat(e.found()).isEqualTo("a number that is too large");
        }

        @Test
        void mayBeAFractionForAWholeNumber() {
            record Priced(Integer price) {}

            HasuraDecodingException e = failing("{\"data\": {\"user\": [{\"price\": 19.99}]}}", Priced.class);

            assertThat(e.path()).isEqualTo("user[0].price");
            assertThat(e.found()).isEqualTo("a number");
        }

        @Test
        void mayBeNullForAPrimitive() {
            HasuraDecodingException e =
                    failing("{\"data\": {\"user\": [{\"lines\": [{\"quantity\": null}]}]}}", Order.class);

            assertThat(e.path()).isEqualTo("user[0].lines[0].quantity");
            assertThat(e.found()).isEqualTo("null");
        }

        @Test
        void mayBeAnObjectWhereAListWasWanted() {
            HasuraDecodingException e = failing("{\"data\": {\"user\": [{\"lines\": {\"a\": 1}}]}}", Order.class);

            assertThat(e.path()).isEqualTo("user[0].lines");
            assertThat(e.wanted()).isAssignableTo(List.class);
            assertThat(e.found()).isEqualTo("an object");
        }

        @Test
        void mayBeWhatAConstructorRefuses() {
            HasuraDecodingException e = failing("{\"data\": {\"user\": [{\"name\": \"hunter2\"}]}}", Picky.class);

            assertThat(e.wanted()).isEqualTo(Picky.class);
            assertThat(e.found()).contains("IllegalArgumentException");
        }

        @Test
        void mayBeANullRow() {
            assertThat(failing("{\"data\": {\"user\": [{}, null]}}", Order.class)
                            .path())
                    .isEqualTo("user[1]");
        }

        private HasuraDecodingException failing(String body, Class<?> type) {
            engine.answers(body);
            HasuraDecodingException[] failure = new HasuraDecodingException[1];
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> answer().rows(type))
                    .satisfies(e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                            .doesNotContain("hunter2"))
                    .satisfies(e -> failure[0] = e);
            return failure[0];
        }
    }

    private DynamicResult answer(String body) {
        engine.answers(body);
        return answer();
    }

    private DynamicResult answer() {
        return engine.admin().query("user").select("id").execute();
    }
}
