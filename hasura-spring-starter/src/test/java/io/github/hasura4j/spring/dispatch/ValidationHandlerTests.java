package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code webhooks.md} 5 lets a validation say: 200, or 400 with a message. */
class ValidationHandlerTests {

    private static final List<Object> SEEN = new CopyOnWriteArrayList<>();

    @BeforeEach
    void forget() {
        SEEN.clear();
    }

    record Post(@NotBlank String title, @Size(max = 5) String body) {}

    record PostUpdate(
            @JsonProperty("pk_columns") Map<String, Object> key,
            @JsonProperty("_set") Post set) {}

    static class Handlers {

        @HasuraValidation
        void insertPost(List<Post> rows, SessionVariables who) {
            SEEN.add(rows);
            SEEN.add(who.userId().orElseThrow());
        }

        @HasuraValidation
        void updatePost(ValidationPayload<PostUpdate> update) {
            SEEN.add(update.input());
        }

        @HasuraValidation
        void few(@Size(max = 1, message = "no more than one at a time") List<Post> rows) {}

        @HasuraValidation
        String refusing(List<Map<String, Object>> rows) {
            throw HasuraActionException.of("quota", "Too many posts today")
                    .withStatus(422)
                    .with("left", 0);
        }

        @HasuraValidation
        String talkative() {
            return "all fine";
        }

        @HasuraValidation
        void broken() {
            throw new IllegalStateException("hidden detail");
        }
    }

    @Test
    void letsGoodRowsPass() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.validation("insertPost", "[{\"title\": \"a\"}, {\"title\": \"b\"}]");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{}");
            assertThat(SEEN).containsExactly(List.of(new Post("a", null), new Post("b", null)), "7");
        }
    }

    @Test
    void putsAllThatIsWrongIntoTheMessage() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.validation(
                    "insertPost", "[{\"title\": \"\"}, {\"title\": \"b\", \"body\": \"longer\"}]");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message())
                    .isEqualTo(
                            "The input is not valid: input[0].title must not be blank; input[1].body size must be between 0 and 5");
            assertThat(answer.code()).isEqualTo("validation-failed");
            assertThat(SEEN).isEmpty();
        }
    }

    @Test
    void doesNotPutEverythingIntoTheMessageWhenThatIsTooMuch() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            String rows = "[" + "{\"title\": \"\"},".repeat(99) + "{\"title\": \"\"}]";
            assertThat(dispatching.validation("insertPost", rows).message())
                    .hasSizeLessThan(1500)
                    .endsWith("; and 80 more");
        }
    }

    @Test
    void validatesTheArgumentsOfAnUpdate() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            String update = "[{\"pk_columns\": {\"id\": 1}, \"_set\": {\"title\": \"%s\"}}]";
            assertThat(dispatching
                            .validation("updatePost", update.formatted("new"))
                            .status())
                    .isEqualTo(200);
            assertThat(SEEN).containsExactly(List.of(new PostUpdate(Map.of("id", 1), new Post("new", null))));
        }
    }

    @Test
    void validatesTheListItself() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching
                            .validation("few", "[{\"title\": \"a\"}, {\"title\": \"b\"}]")
                            .message())
                    .isEqualTo("The input is not valid: input no more than one at a time");
        }
    }

    @Test
    void refusesWithExactly400WhateverTheHandlerSays() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.validation("refusing", "[{}]");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("Too many posts today");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\": 1}", "[{\"title\": {}}]", "\"text\"", "7"})
    void refusesRowsOfAnotherFormWith400AndAMessage(String input) {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.validation("insertPost", input);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isNotBlank();
        }
    }

    @Test
    void refusesTooMuchWith400SinceTheEngineTellsNothingElse() {
        try (var dispatching = Dispatching.to(Handlers.class)
                .settings(new WebhookSettings("X-Webhook-Secret", List.of("secret"), false, 200))) {
            var answer = dispatching.validation("insertPost", "[{\"title\": \"%s\"}]".formatted("x".repeat(300)));
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message()).isEqualTo("The body is larger than 200 bytes");
        }
    }

    @Test
    void saysNothingWhenAllIsFine() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching.validation("talkative", "[]").body()).isEqualTo("{}");
        }
    }

    @Test
    void takesNoDataForNoRows() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            var answer = dispatching.send(
                    WebhookKind.VALIDATION,
                    "insertPost",
                    "{\"version\": 1, \"role\": \"user\", \"session_variables\": {\"x-hasura-user-id\": \"7\"}, \"data\": null}",
                    Dispatching.AUTHENTICATED);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(SEEN).containsExactly(List.of(), "7");
        }
    }

    @Test
    void keepsTheStatusOfWhatIsNotTheClientsFault() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching.validation("broken", "[]").status()).isEqualTo(500);
            assertThat(dispatching.validation("unknown", "[]").status()).isEqualTo(404);
            assertThat(dispatching
                            .send(WebhookKind.VALIDATION, "insertPost", "{}", WebhookHeaders.none())
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void needsItsNameInThePath() {
        try (var dispatching = Dispatching.to(Handlers.class)) {
            assertThat(dispatching
                            .send(WebhookKind.VALIDATION, null, "{}", Dispatching.AUTHENTICATED)
                            .message())
                    .isEqualTo(
                            "The body of a validation names no handler, so the URL of the webhook has to end in the handler's name");
        }
    }
}
