package io.github.hasura4j.spring.dispatch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.dispatch.Dispatching.Answer;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Actions as the console drafts them: {@code type Mutation { f(arg1: SampleInput!): SampleOutput }}. */
class ObjectArgumentTests {

    private static final Dispatching dispatching = Dispatching.to(Handlers.class);

    private static final List<Object> RECEIVED = new ArrayList<>();

    @AfterEach
    void forget() {
        RECEIVED.clear();
    }

    @AfterAll
    static void close() {
        dispatching.close();
    }

    static void receive(Object... values) {
        RECEIVED.addAll(Arrays.asList(values));
    }

    @Nested
    class TheOnlyArgumentOfTheParametersName {

        @Test
        void isTheInput() {
            dispatching.action(
                    "sample", "{\"arg1\": {\"username\": \"ada\", \"tags\": [{\"a\": 1}]}, \"other\": [{}]}");
            assertThat(RECEIVED).containsExactly(new Sample("ada", null));
        }

        @Test
        void isTheInputOfThePayloadAsWell() {
            dispatching.action("both", "{\"arg1\": {\"username\": \"ada\"}}");
            assertThat(RECEIVED).containsExactly(new Sample("ada", null), new Sample("ada", null));
        }

        @Test
        void mayBeNull() {
            assertThat(dispatching.action("sample", "{\"arg1\": null}").status())
                    .isEqualTo(200);
            assertThat(RECEIVED).containsExactly((Object) null);
        }

        @Test
        void beginsThePathOfWhatDoesNotFit() {
            assertThat(path(dispatching.action("sample", "{\"arg1\": {\"username\": {}}}")))
                    .isEqualTo("arg1.username");
            assertThat(path(dispatching.action("sample", "{\"arg1\": 7}"))).isEqualTo("arg1");
        }

        @Test
        void beginsThePathOfWhatIsNotValid() {
            assertThat(violations(dispatching.action("sample", "{\"arg1\": {\"username\": \"\"}}")))
                    .containsExactly("arg1.username");
            assertThat(violations(dispatching.action("required", "{\"arg1\": null}")))
                    .containsExactly("arg1");
        }

        private String path(Answer answer) {
            assertThat(answer.status()).isEqualTo(400);
            return answer.json().at("/extensions/path").asString();
        }
    }

    @Nested
    class TheWholeInput {

        @Test
        void isAnyObjectThatBeginsOtherwise() {
            dispatching.action("sample", "{\"username\": \"ada\", \"arg1\": {\"username\": \"eve\"}}");
            dispatching.action("unchecked", "{}");
            assertThat(RECEIVED).containsExactly(new Sample("ada", null), new Free(null));
        }

        @Test
        void beginsNoPath() {
            assertThat(violations(dispatching.action("sample", "{\"username\": \"\"}")))
                    .containsExactly("username");
            assertThat(violations(dispatching.action("sample", "{}"))).containsExactly("username");
        }

        @Test
        void mayBeAClassOrHaveACreator() {
            dispatching.action("bean", "{\"size\": 1}");
            dispatching.action("created", "{\"size\": 2}");
            dispatching.action("bean", "{\"it\": {\"size\": 3}}");
            dispatching.action("created", "{\"it\": {\"size\": 4}}");
            assertThat(RECEIVED).containsExactly(1, 2, 3, 4);
        }

        @Test
        void hasAPropertyOfThatNameItself() {
            dispatching.action("property", "{\"self\": \"x\", \"other\": \"y\"}");
            dispatching.action("property", "{\"me\": \"x\", \"other\": \"y\"}");
            assertThat(RECEIVED).containsExactly(new Own("x", "y"), new Own("x", "y"));
        }

        @Test
        void hasAliasesToo() {
            dispatching.action("alias", "{\"me\": \"x\"}");
            assertThat(RECEIVED).containsExactly(new Own("x", null));
        }

        @Test
        void takesAnyKey() {
            dispatching.action("map", "{\"it\": {\"a\": 1}}");
            dispatching.action("tree", "{\"it\": {\"a\": 1}}");
            dispatching.action("catchAll", "{\"it\": {\"a\": 1}}");
            dispatching.action("delegating", "{\"it\": {\"a\": 1}}");
            Map<String, Object> all = Map.of("it", Map.of("a", 1));
            assertThat(RECEIVED)
                    .containsExactly(
                            all, Dispatching.MAPPER.readTree("{\"it\": {\"a\": 1}}"), new Rest(all), new Wrapper(all));
        }
    }

    private static List<String> violations(Answer answer) {
        return answer.json()
                .at("/extensions/violations")
                .valueStream()
                .map(violation -> violation.path("path").asString())
                .toList();
    }

    record Sample(@NotBlank String username, String password) {}

    record Free(String username) {}

    record Own(@JsonProperty("self") @JsonAlias("me") String mine, String other) {}

    record Rest(@JsonAnySetter Map<String, Object> all) {}

    record Wrapper(Map<String, Object> all) {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        Wrapper {}
    }

    static class Bean {
        public Integer size;
    }

    static class Created {

        private final Integer size;

        @JsonCreator
        Created(@JsonProperty("size") Integer size) {
            this.size = size;
        }
    }

    static class Handlers {

        @HasuraAction
        void sample(Sample arg1) {
            receive(arg1);
        }

        @HasuraAction
        void required(@NotNull Sample arg1) {
            receive(arg1);
        }

        @HasuraAction
        void unchecked(Free arg1) {
            receive(arg1);
        }

        @HasuraAction
        void both(ActionPayload<Sample> payload, Sample arg1) {
            receive(payload.input(), arg1);
        }

        @HasuraAction
        void bean(Bean it) {
            receive(it.size);
        }

        @HasuraAction
        void created(Created it) {
            receive(it.size);
        }

        @HasuraAction
        void property(Own self) {
            receive(self);
        }

        @HasuraAction
        void alias(Own me) {
            receive(me);
        }

        @HasuraAction
        void map(Map<String, Object> it) {
            receive(it);
        }

        @HasuraAction
        void tree(JsonNode it) {
            receive(it);
        }

        @HasuraAction
        void catchAll(Rest it) {
            receive(it);
        }

        @HasuraAction
        void delegating(Wrapper it) {
            receive(it);
        }
    }
}
