package io.github.hasura4j.payload;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.payload.Binder.TypeOf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Payloads in the records that users write, with the generic types resolved. */
class TypedBindingTests {

    record Transfer(Long account, BigInteger amount, BigDecimal fee) {}

    record Search(String term, Integer limit) {}

    enum Color {
        RED,
        GREEN,
        BLUE
    }

    record Paint(String id, Color color, List<Color> history) {}

    record PlaceOrder(Order order) {}

    record Order(Customer customer, List<Line> lines, String priority) {}

    record Customer(String name, Address address) {}

    record Address(String street, List<String> tags) {}

    record Line(String sku, int qty, Map<String, Boolean> options) {}

    record Price(Long id, BigDecimal amount, BigDecimal rate, BigInteger big, BigDecimal mixed) {}

    record Stringified(Long id, BigDecimal amount, Double ratio, String price, Short small) {}

    record Key(
            @JsonProperty("c_uuid") UUID uuid,
            @JsonProperty("c_int_array") List<Integer> ints) {}

    record Id(Integer id, String name) {}

    @ParameterizedTest
    @EnumSource
    void keepNumbersOfAnySize(Binder binder) {
        var payload = binder.read(json("action-bigint-and-30-digit-numeric"), new TypeOf<ActionPayload<Transfer>>() {});

        assertThat(payload.input())
                .isEqualTo(new Transfer(
                        9007199254740993L,
                        new BigInteger("123456789012345678901234567890"),
                        new BigDecimal("1.2345678901234567890123456789e19")));
    }

    @ParameterizedTest
    @EnumSource
    void readTheEnginesNumberForms(Binder binder) {
        var payload = binder.read(json("event-numeric-forms"), new TypeOf<EventPayload<Price, Price>>() {});

        assertThat(payload.oldRow().amount()).isEqualByComparingTo("100.00");
        assertThat(payload.oldRow().rate()).isEqualByComparingTo("0.01");
        assertThat(payload.oldRow().mixed()).isEqualByComparingTo("12345678901234567890.123456789");
        assertThat(payload.newRow().big()).isEqualTo("-123456789012345678901234567890");
    }

    @ParameterizedTest
    @EnumSource
    void readNumbersThatTheEngineTurnedIntoText(Binder binder) {
        var payload = binder.read(
                json("event-stringify-numeric-on"), new TypeOf<EventPayload<Map<String, Object>, Void>>() {});
        assertThat(payload.newRow()).containsEntry("id", "9223372036854775807");

        String onlyKnown =
                "{\"id\":\"x\",\"created_at\":\"y\",\"table\":{\"schema\":\"a\",\"name\":\"b\"},\"trigger\":{\"name\":\"t\"},"
                        + "\"event\":{\"op\":\"INSERT\",\"data\":{\"old\":null,\"new\":{\"id\":\"9223372036854775807\",\"amount\":\"100.00\","
                        + "\"ratio\":\"0.25\",\"price\":\"$1,234.50\",\"small\":7}}}}";
        var typed = binder.read(onlyKnown, new TypeOf<EventPayload<Stringified, Void>>() {});
        assertThat(typed.newRow())
                .isEqualTo(new Stringified(Long.MAX_VALUE, new BigDecimal("100.00"), 0.25, "$1,234.50", (short) 7));
    }

    @ParameterizedTest
    @EnumSource
    void showAbsentAndNullArgumentsAlikeInARecordAndApartInAMap(Binder binder) {
        assertThat(binder.read(json("action-optional-arg-absent"), new TypeOf<ActionPayload<Search>>() {})
                        .input())
                .isEqualTo(new Search("ann", null));
        assertThat(binder.read(json("action-optional-arg-absent"), new TypeOf<ActionPayload<Map<String, Object>>>() {})
                        .input())
                .doesNotContainKey("limit");
        assertThat(binder.read(
                                json("action-optional-arg-explicit-null"),
                                new TypeOf<ActionPayload<Map<String, Object>>>() {})
                        .input())
                .containsEntry("limit", null);
    }

    @ParameterizedTest
    @EnumSource
    void readEnumsAndNestedInputObjects(Binder binder) {
        assertThat(binder.read(json("action-enum-and-id-args"), new TypeOf<ActionPayload<Paint>>() {})
                        .input())
                .isEqualTo(new Paint("17", Color.RED, List.of(Color.GREEN, Color.BLUE)));
        PlaceOrder order = binder.read(json("action-nested-input-objects"), new TypeOf<ActionPayload<PlaceOrder>>() {})
                .input();
        assertThat(order.order().customer().address().tags()).containsExactly("home", null);
        assertThat(order.order().lines())
                .containsExactly(new Line("A-1", 2, Map.of("gift", true)), new Line("B-2", 1, null));
    }

    @ParameterizedTest
    @EnumSource
    void leaveOutARowThatNobodyWants(Binder binder) {
        var payload =
                binder.read(json("event-update-modern"), new TypeOf<EventPayload<Map<String, Object>, Void>>() {});

        assertThat(payload.oldRow()).isNull();
        assertThat(payload.newRow()).containsEntry("name", "jane doe");
    }

    @ParameterizedTest
    @EnumSource
    void takeTheManualEventOfSqlServer(Binder binder) {
        var payload = binder.read(json("event-mssql-manual-without-op"), new TypeOf<EventPayload<Id, Id>>() {});

        assertThat(payload.operation()).isEqualTo(Operation.MANUAL);
        assertThat(payload.newRow()).isEqualTo(new Id(1, "Ann"));
    }

    @ParameterizedTest
    @EnumSource
    void takeTheManualEventOfEnginesThatCalledItRow(Binder binder) {
        var payload = binder.read("""
                {"id": "1", "created_at": "2021-08-01T00:00:00Z", "table": {"schema": "public", "name": "t"},
                 "trigger": {"name": "x"}, "delivery_info": {"current_retry": 0, "max_retries": 0},
                 "event": {"op": "MANUAL", "data": {"row": {"id": 5, "name": "Bo"}}}}""", new TypeOf<EventPayload<Id, Void>>() {});

        assertThat(payload.newRow()).isEqualTo(new Id(5, "Bo"));
    }

    @ParameterizedTest
    @EnumSource
    void keepTheWordOfAnOperationNobodyKnowsYet(Binder binder) {
        var payload = binder.read(
                json("event-insert-modern").replace("\"INSERT\"", "\"TRUNCATE\""),
                new TypeOf<EventPayload<Map<String, Object>, Void>>() {});

        assertThat(payload.operation()).isEqualTo(Operation.UNKNOWN);
        assertThat(payload.event().op()).isEqualTo("TRUNCATE");
    }

    @ParameterizedTest
    @EnumSource
    void refuseABodyWithoutWhatTheEngineAlwaysSends(Binder binder) {
        assertThatThrownBy(() -> binder.read("{\"input\": {}}", new TypeOf<ActionPayload<Search>>() {}))
                .hasMessageContaining("'action' is missing");
        assertThatThrownBy(() ->
                        binder.read("{\"id\": \"1\", \"event\": {}}", new TypeOf<EventPayload<Search, Search>>() {}))
                .hasMessageContaining("'created_at' is missing")
                .hasMessageContaining("request transform");
    }

    @ParameterizedTest
    @EnumSource
    void haveAnEmptySessionWhereATransformDroppedIt(Binder binder) {
        var payload = binder.read("{\"action\": {\"name\": \"a\"}}", new TypeOf<ActionPayload<Search>>() {});

        assertThat(payload.sessionVariables()).isEqualTo(SessionVariables.empty());
        assertThat(payload.input()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void writeARefusalAsTheEngineWantsIt(Binder binder) {
        assertThat(binder.write(ActionError.of("email-taken", "That e-mail is in use")))
                .isEqualTo("{\"message\":\"That e-mail is in use\",\"extensions\":{\"code\":\"email-taken\"}}");
        assertThat(binder.write(new ActionError("no", Map.of()))).isEqualTo("{\"message\":\"no\"}");
        assertThat(binder.write(ActionError.of("a", "b").with("field", null)))
                .isEqualTo("{\"message\":\"b\",\"extensions\":{\"code\":\"a\",\"field\":null}}");
    }

    @Test
    void showNeitherInputNorRowsNorCredentialsAsText() {
        var secret = "s3cr3t";
        var session = SessionVariables.of(Map.of("X-Hasura-Role", "user", "x-hasura-user-id", secret));
        var event = new Event<>("INSERT", new RowChange<>(secret, secret), session, null);
        assertThat(List.of(
                        new ActionPayload<>(new ActionReference("login"), secret, session, secret),
                        new EventPayload<>(
                                "1",
                                new EngineTimestamp("2024-01-01T00:00:00"),
                                TableName.of("t"),
                                new TriggerReference("x"),
                                event,
                                new DeliveryInfo(0, 0)),
                        event,
                        new RowChange<>(secret, secret),
                        new ScheduledPayload<>("1", null, new EngineTimestamp("x"), secret, secret, null),
                        new ValidationPayload<>(1, "user", session, new ValidationPayload.Data<>(List.of(secret))),
                        new AuthHookPayload(
                                Map.of("authorization", secret),
                                List.of(new AuthHookPayload.GraphQlRequest(secret, Map.of("a", secret), "Op"))),
                        session))
                .allSatisfy(payload -> assertThat(payload.toString()).doesNotContain(secret));
    }

    private static String json(String fixture) {
        return Fixtures.named(fixture).json();
    }
}
