package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.dispatch.Dispatching.Answer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.validation.annotation.Validated;
import org.springframework.validation.beanvalidation.MethodValidationPostProcessor;

import static org.assertj.core.api.Assertions.assertThat;

class InputValidationTests {

    private static final Dispatching dispatching =
            Dispatching.to(Elements.class, Rows.class, Grouped.class, GroupedClass.class, SpringValidation.class);

    private static final String BAD_LINE = "{\"sku\": \"x\", \"item_count\": 0}";

    @AfterAll
    static void close() {
        dispatching.close();
    }

    @Nested
    class ElementsWithConstraints {

        @Test
        void areValidatedInAnyContainer() {
            assertThat(paths(dispatching.action("list", "{\"lines\": [{\"sku\": \"x\"}, " + BAD_LINE + "]}")))
                    .containsExactly("lines[1].item_count");
            assertThat(paths(dispatching.action("array", "{\"lines\": [null, " + BAD_LINE + "]}")))
                    .containsExactly("lines[1].item_count");
            assertThat(paths(dispatching.action("set", "{\"lines\": [" + BAD_LINE + "]}")))
                    .containsExactly("lines[].item_count");
            assertThat(paths(dispatching.action("optional", "{\"line\": " + BAD_LINE + "}")))
                    .containsExactly("line.item_count");
            assertThat(paths(dispatching.action("nested", "{\"lines\": [[], [" + BAD_LINE + "]]}")))
                    .containsExactly("lines[1][0].item_count");
        }

        @Test
        void areValidatedAsValuesOfAMap() {
            assertThat(paths(dispatching.action("map", "{\"lines\": {\"first\": [" + BAD_LINE + "]}}")))
                    .containsExactly("lines.first[0].item_count");
            assertThat(paths(dispatching.action("wholeMap", "{\"first\": " + BAD_LINE + "}")))
                    .containsExactly("first.item_count");
        }

        @Test
        void areValidatedInThePayload() {
            assertThat(paths(dispatching.action("payload", "{\"a\": [" + BAD_LINE + "]}")))
                    .containsExactly("a[0].item_count");
        }

        @Test
        void areValidatedOnceIfTheParameterSaysSoToo() {
            assertThat(paths(dispatching.action("said", "{\"lines\": [" + BAD_LINE + "]}")))
                    .containsExactly("lines[0].item_count");
        }

        @Test
        void areValidatedAsWhatTheyAre() {
            assertThat(paths(dispatching.action("sealed", "{\"pay\": {\"type\": \"card\"}}")))
                    .containsExactly("pay.card_number");
            assertThat(paths(dispatching.action(
                            "sealedList", "{\"pays\": [{\"type\": \"cash\"}, {\"type\": \"card\"}]}")))
                    .containsExactly("pays[1].card_number");
        }
    }

    @Nested
    class RowsOfAPayload {

        private static final String CHANGE =
                "{\"op\": \"UPDATE\", \"data\": {\"old\": {\"sku\": \"\", \"item_count\": -1}, \"new\": {\"sku\": \"\"}}}";

        @Test
        void areValidatedIfAsked() {
            assertThat(paths(dispatching.event("validPayload", CHANGE))).containsExactly("event.data.new.sku");
            assertThat(paths(dispatching.event("validPayloads", CHANGE)))
                    .containsExactly("event.data.new.sku", "event.data.old.item_count", "event.data.old.sku");
            assertThat(paths(dispatching.event("anyPayload", CHANGE))).isEmpty();
        }

        @Test
        void areNamedAsTheOldOneIfTheyAreThat() {
            assertThat(paths(dispatching.event(
                            "validRow", "{\"op\": \"DELETE\", \"data\": {\"old\": {\"sku\": \"\"}, \"new\": null}}")))
                    .containsExactly("event.data.old.sku");
        }
    }

    @Nested
    class Groups {

        @Test
        void areTheParametersThenTheMethodsThenTheClasses() {
            assertThat(paths(dispatching.action("byParameter", "{}"))).containsExactly("strictly");
            assertThat(paths(dispatching.action("byMethod", "{}"))).containsExactly("leniently");
            assertThat(paths(dispatching.action("byParameterAndMethod", "{\"thing\": {}}")))
                    .containsExactly("note", "thing.strictly");
            assertThat(paths(dispatching.action("byClass", "{}"))).containsExactly("strictly");
            assertThat(paths(dispatching.action("classArgument", "{\"name\": \"\"}")))
                    .containsExactly("name");
        }

        @Test
        void mayBeTheDefault() {
            assertThat(paths(dispatching.action("plain", "{}"))).containsExactly("always");
        }

        @Test
        void askForRowsToBeValidated() {
            assertThat(paths(dispatching.event("groupedRow", "{\"op\": \"INSERT\", \"data\": {\"new\": {}}}")))
                    .containsExactly("event.data.new.strictly");
        }
    }

    private static List<String> paths(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 400);
        return answer.json()
                .at("/extensions/violations")
                .valueStream()
                .map(violation -> violation.path("path").asString())
                .toList();
    }

    record Line(
            @NotBlank String sku,
            @JsonProperty("item_count") @Positive Integer count) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Card.class, name = "card"),
        @JsonSubTypes.Type(value = Cash.class, name = "cash")
    })
    sealed interface Payment permits Card, Cash {}

    record Card(@JsonProperty("card_number") @NotBlank String number) implements Payment {}

    record Cash() implements Payment {}

    static class Elements {

        @HasuraAction
        void list(List<Line> lines) {}

        @HasuraAction
        void array(Line[] lines) {}

        @HasuraAction
        void set(Set<Line> lines) {}

        @HasuraAction
        void optional(Optional<Line> line) {}

        @HasuraAction
        void nested(List<List<Line>> lines) {}

        @HasuraAction
        void map(@ActionArgument Map<String, List<Line>> lines) {}

        @HasuraAction
        void wholeMap(Map<String, Line> input) {}

        @HasuraAction
        void payload(ActionPayload<Map<String, List<Line>>> payload) {}

        @HasuraAction
        void said(@NotNull List<@Valid Line> lines) {}

        @HasuraAction
        void sealed(@ActionArgument Payment pay) {}

        @HasuraAction
        void sealedList(List<Payment> pays) {}
    }

    static class Rows {

        @HasuraEvent
        void validPayload(@Valid EventPayload<Line, Void> payload) {}

        @HasuraEvent
        void validPayloads(@Valid EventPayload<Line, Line> payload) {}

        @HasuraEvent
        void anyPayload(EventPayload<Line, Line> payload) {}

        @HasuraEvent
        void validRow(@Valid Line row) {}
    }

    interface Strict {}

    interface Lenient {}

    record Thing(
            @NotNull String always,
            @NotNull(groups = Strict.class) String strictly,
            @NotNull(groups = Lenient.class) String leniently) {}

    static class Grouped {

        @HasuraAction
        void plain(Thing thing) {}

        @HasuraAction
        void byParameter(@Validated(Strict.class) Thing thing) {}

        @HasuraAction
        @Validated(Lenient.class)
        void byMethod(Thing thing) {}

        @HasuraAction
        @Validated(Lenient.class)
        void byParameterAndMethod(
                @Validated(Strict.class) Thing thing, @NotBlank(groups = Lenient.class) @NotNull String note) {}

        @HasuraEvent
        void groupedRow(@Validated(Strict.class) Thing row) {}
    }

    @Validated(Strict.class)
    static class GroupedClass {

        @HasuraAction
        void byClass(@Valid Thing thing) {}

        @HasuraAction
        void classArgument(@NotBlank(groups = Strict.class) String name) {}
    }

    @Configuration(proxyBeanMethods = false)
    static class SpringValidation {

        @Bean
        static MethodValidationPostProcessor methodValidation() {
            return new MethodValidationPostProcessor();
        }
    }
}
