package io.github.hasura4j.client;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ScalarTests {

    private static final String EXACT = "12345678901234567890.12345678901234";
    private static final String BEYOND = "9007199254740993";

    @AutoClose
    private final FakeEngine engine = new FakeEngine().withoutValidation();

    @Nested
    class Numbers {

        record Row(Long id, BigDecimal total, JsonNode meta) {}

        @Test
        void areTheSameAfterARoundTripThroughARecord() {
            Row row = answered(answer(BEYOND, EXACT)).row(Row.class).orElseThrow();
            assertThat(answered(answer("\"" + BEYOND + "\"", "\"" + EXACT + "\""))
                            .row(Row.class))
                    .contains(row);

            assertThat(sent(row)).isEqualTo(row(BEYOND, EXACT));
        }

        @Test
        void areTheSameAfterARoundTripThroughAMap() {
            Map<String, Object> map = answered(answer(BEYOND, EXACT))
                    .row(new TypeReference<Map<String, Object>>() {})
                    .orElseThrow();

            assertThat(sent(map)).isEqualTo(row(BEYOND, EXACT));
        }

        @Test
        void areTheSameAfterARoundTripThroughATree() {
            JsonNode tree = answered(answer(BEYOND, EXACT)).data().path("user");

            assertThat(sent(tree)).isEqualTo(row(BEYOND, EXACT));
        }

        @Test
        void mayBeTextWhateverTheMapperThinksOfIt() {
            HasuraClient strict = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                            .build())
                    .build();
            engine.answers("{\"data\": {\"user\": %s}}".formatted(answer("\"" + BEYOND + "\"", "\"" + EXACT + "\"")));

            assertThat(strict.query("user")
                            .select("id")
                            .execute()
                            .row(Row.class)
                            .orElseThrow()
                            .id())
                    .isEqualTo(9007199254740993L);
        }

        @Test
        void areSentAsTextOnRequest() {
            HasuraClient careful = engine.client().bigNumbersAsText(true).build();

            assertThat(sent(
                            careful,
                            Arrays.asList(
                                    1L,
                                    1L << 53,
                                    (1L << 53) + 1,
                                    new BigInteger("-9007199254740993"),
                                    new BigDecimal("10.50"),
                                    7)))
                    .isEqualTo("[1,9007199254740992,\"9007199254740993\",\"-9007199254740993\",\"10.50\",7]");
        }

        @Test
        void mayBeNone() {
            record Floats(Double a, double b, Float c) {}

            Floats floats = answered("{\"a\": \"NaN\", \"b\": \"Infinity\", \"c\": \"-Infinity\"}")
                    .row(Floats.class)
                    .orElseThrow();

            assertThat(floats).isEqualTo(new Floats(Double.NaN, Double.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY));
            assertThat(sent(floats)).isEqualTo("{\"a\":\"NaN\",\"b\":\"Infinity\",\"c\":\"-Infinity\"}");
        }

        private String answer(String id, String total) {
            return "{\"id\": %s, \"total\": %s, \"meta\": {\"id\": %s, \"list\": [%s, 10.50]}}"
                    .formatted(id, total, BEYOND, EXACT);
        }

        private String row(String id, String total) {
            return "{\"id\":%s,\"total\":%s,\"meta\":{\"id\":%s,\"list\":[%s,10.50]}}"
                    .formatted(id, total, BEYOND, EXACT);
        }
    }

    @Nested
    class Times {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "2026-08-01T10:20:30+00:00 | 2026-08-01T10:20:30Z",
                    "2026-08-01T10:20:30.1+00:00 | 2026-08-01T10:20:30.100Z",
                    "2026-08-01T12:20:30.123456+02 | 2026-08-01T10:20:30.123456Z",
                    "2026-08-01 15:50:30+05:30 | 2026-08-01T10:20:30Z",
                    "2026-08-01 10:20:30Z | 2026-08-01T10:20:30Z",
                    "12026-08-01T10:20:30+00:00 | +12026-08-01T10:20:30Z",
                    "0044-03-15T12:00:00+00:00 BC | -0043-03-15T12:00:00Z"
                })
        void withAnOffsetAreReadInAllTheirForms(String text, Instant moment) {
            assertThat(read(text, Instant.class)).isEqualTo(moment);
            assertThat(read(text, OffsetDateTime.class)).isEqualTo(moment.atOffset(java.time.ZoneOffset.UTC));
            assertThat(read(text, ZonedDateTime.class).toInstant()).isEqualTo(moment);
        }

        @Test
        void withoutAnOffsetAreReadInAllTheirForms() {
            assertThat(read("2026-08-01T10:20:30.5", LocalDateTime.class)).isEqualTo("2026-08-01T10:20:30.5");
            assertThat(read("2026-08-01 10:20:30", LocalDateTime.class)).isEqualTo("2026-08-01T10:20:30");
            assertThat(read("10000-01-01", LocalDate.class)).isEqualTo(LocalDate.of(10_000, 1, 1));
            assertThat(read("10:20:30.123456", LocalTime.class)).isEqualTo("10:20:30.123456");
            assertThat(read("24:00:00", LocalTime.class)).isEqualTo(LocalTime.MAX);
            assertThat(read("10:20:30+02", OffsetTime.class)).isEqualTo(OffsetTime.parse("10:20:30+02:00"));
        }

        @Test
        void mayBeTheEndsOfTime() {
            record Ends(OffsetDateTime a, LocalDate b, LocalDateTime c, Instant d) {}
            String ends = "{\"a\":\"infinity\",\"b\":\"-infinity\",\"c\":\"infinity\",\"d\":\"-infinity\"}";

            Ends read = answered(ends).row(Ends.class).orElseThrow();

            assertThat(read).isEqualTo(new Ends(OffsetDateTime.MAX, LocalDate.MIN, LocalDateTime.MAX, Instant.MIN));
            assertThat(sent(read)).isEqualTo(ends);
        }

        @ParameterizedTest
        @ValueSource(strings = {"2026-08-01 10:20:30", "2026-13-01T10:20:30+00", "yesterday", "2026-08-01"})
        void areNotMadeUp(String text) {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> read(text, OffsetDateTime.class))
                    .withMessageNotContaining(text);
        }

        @Test
        void areSentAsTextWhateverTheMapperDoes() {
            HasuraClient numeric = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                            .build())
                    .build();

            assertThat(sent(numeric, Instant.EPOCH)).isEqualTo("\"1970-01-01T00:00:00Z\"");
        }

        @Test
        void keepAFormatOfTheUsers() {
            record Own(@JsonFormat(pattern = "dd.MM.yyyy") LocalDate day) {}

            Own own = answered("{\"day\": \"01.08.2026\"}").row(Own.class).orElseThrow();

            assertThat(own.day()).isEqualTo("2026-08-01");
            assertThat(sent(own)).isEqualTo("{\"day\":\"01.08.2026\"}");
        }

        @Test
        void areInTheMappersZone() {
            engine.answers("{\"data\": {\"user\": \"2026-08-01 12:00:00+00\"}}");
            HasuraClient bern = engine.client()
                    .jsonMapper(JsonMapper.builder()
                            .defaultTimeZone(TimeZone.getTimeZone("Europe/Zurich"))
                            .build())
                    .build();

            assertThat(bern.query("user").execute().row(OffsetDateTime.class))
                    .contains(OffsetDateTime.parse("2026-08-01T14:00:00+02:00"));
        }

        private <T> T read(String text, Class<T> type) {
            return answered("\"" + text + "\"").row(type).orElseThrow();
        }
    }

    @Nested
    class Bytes {

        record File(byte[] content) {}

        @Test
        void areHex() {
            File file =
                    answered("{\"content\": \"\\\\x01ffAB\"}").row(File.class).orElseThrow();

            assertThat(file.content()).containsExactly(1, 255, 0xAB);
            assertThat(sent(file)).isEqualTo("{\"content\":\"\\\\x01ffab\"}");
            assertThat(sent(new byte[0])).isEqualTo("\"\\\\x\"");
        }

        @Test
        void mayBeTheBase64OfAnAction() {
            assertThat(answered("{\"content\": \"Af+r\"}")
                            .row(File.class)
                            .orElseThrow()
                            .content())
                    .containsExactly(1, 255, 0xAB);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\\\x0", "\\\\xzz"})
        void areRefusedIfTheyAreNoHex(String text) {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(
                            () -> answered("{\"content\": \"" + text + "\"}").row(File.class));
        }
    }

    @Nested
    class Lists {

        record Row(List<String> tags, int[] sizes, List<List<Integer>> grid, List<Boolean> flags) {}

        @Test
        void mayBeTheTextOfPostgres() {
            Row row = answered("""
                    {"tags": "{a,\\"b c\\",NULL,\\"NULL\\",\\"q\\\\\\"\\\\\\\\\\",\\"\\"}", "sizes": "[0:1]={1,-2}",
                     "grid": "{{1,2},{3,4}}", "flags": "{t,f,NULL}"}""").row(Row.class).orElseThrow();

            assertThat(row.tags()).containsExactly("a", "b c", null, "NULL", "q\"\\", "");
            assertThat(row.sizes()).containsExactly(1, -2);
            assertThat(row.grid()).containsExactly(List.of(1, 2), List.of(3, 4));
            assertThat(row.flags()).containsExactly(true, false, null);
        }

        @Test
        void mayBeEmpty() {
            assertThat(answered("{\"tags\": \"{}\"}")
                            .row(Row.class)
                            .orElseThrow()
                            .tags())
                    .isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "{a", "{a,}", "{a}b", "{{{{{{{1}}}}}}}", "{a\\\"b\\\"}", "x{1}", "{\\\"a}"})
        void areRefusedIfTheyAreNone(String text) {
            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(() -> answered("{\"tags\": \"" + text + "\"}").row(Row.class))
                    .satisfies(e -> assertThat(e.path()).isEqualTo("user.tags"));
        }
    }

    @Nested
    class OnesOwn {

        record Money(String currency, BigDecimal amount) {

            static Money parse(String text) {
                String[] parts = text.split(" ");
                return new Money(parts[0], new BigDecimal(parts[1]));
            }

            @Override
            public String toString() {
                return currency + " " + amount;
            }
        }

        record Price(Money price) {}

        private final HasuraClient hasura = engine.client()
                .scalar(Money.class, ScalarCodec.text(Money::parse, Money::toString))
                .build();

        @Test
        void isReadAndWrittenEverywhere() {
            engine.answers("{\"data\": {\"user\": [{\"price\": \"CHF 10.50\"}]}}");

            Price price = hasura.query("user")
                    .select("price")
                    .execute()
                    .row(Price.class)
                    .orElseThrow();

            assertThat(price.price()).isEqualTo(new Money("CHF", new BigDecimal("10.50")));
            assertThat(sent(hasura, price)).isEqualTo("{\"price\":\"CHF 10.50\"}");
        }

        @Test
        void maySayThatItIsNone() {
            engine.answers("{\"data\": {\"user\": [{\"price\": \"hunter2\"}]}}");

            assertThatExceptionOfType(HasuraDecodingException.class)
                    .isThrownBy(
                            () -> hasura.query("user").select("price").execute().row(Price.class))
                    .satisfies(e -> assertThat(e.path()).isEqualTo("user[0].price"))
                    .satisfies(e -> assertThat(org.assertj.core.util.Throwables.getStackTrace(e))
                            .doesNotContain("hunter2"));
        }
    }

    private DynamicResult answered(String value) {
        engine.answers("{\"data\": {\"user\": " + value + "}}");
        return engine.admin().query("user").select("id").execute();
    }

    private String sent(Object value) {
        return sent(engine.admin(), value);
    }

    private String sent(HasuraClient client, Object value) {
        client.document("query q($v: x) { user { id } }").variable("v", value).execute();
        String text = engine.received().get(engine.received().size() - 1).text();
        String start = "\"variables\":{\"v\":";
        return text.substring(text.indexOf(start) + start.length(), text.length() - 2);
    }
}
