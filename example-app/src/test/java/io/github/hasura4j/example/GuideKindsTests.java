package io.github.hasura4j.example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.ActionResult;
import io.github.hasura4j.spring.AsCaller;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraExceptionHandler;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.NewRow;
import io.github.hasura4j.spring.OldRow;
import io.github.hasura4j.spring.SessionVariable;
import io.github.hasura4j.spring.WebhookCookie;
import io.github.hasura4j.spring.WebhookHeader;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

import static org.assertj.core.api.Assertions.assertThat;

/** What the guide shows of schedules, validations, the auth hook, and of what handlers may ask for and answer. */
@SpringBootTest(
        classes = GuideKindsTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "hasura.webhook.secret=guide-secret",
            "hasura.webhook.auth-hook.secret=hook-secret",
            "hasura.client.endpoint=http://localhost:1",
            "hasura.client.admin-secret=guide-admin-secret",
            "spring.graphql.schema.locations=classpath:none/"
        })
class GuideKindsTests {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final List<String> SENT = new CopyOnWriteArrayList<>();

    @LocalServerPort
    private int port;

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({
        Reminders.class,
        Posts.class,
        Authentication.class,
        Members.class,
        Profiles.class,
        Sessions.class,
        Stock.class,
        Shop.class,
        Refusals.class
    })
    static class Application {}

    // tag::cron[]
    record Reminder(@Nullable String template) {}

    @Component
    static class Reminders {

        @HasuraScheduled(name = "send_reminders", cron = "0 22 * * 1-5")
        void remind(ScheduledPayload<Reminder> due) {
            if (due.lateBy(Instant.now()).compareTo(Duration.ofHours(1)) > 0) {
                return; // nobody wants yesterday's reminder
            }
            send(due.id(), due.payload());
        }
        // end::cron[]

        // tag::one-off[]
        record TrialEnds(UUID userId) {}

        @HasuraScheduled
        void trialEnds(TrialEnds trial) { // {{HANDLER_URL}}/hasura/scheduled/trialEnds
            SENT.add("trial of " + trial.userId() + " ends");
        }
        // end::one-off[]

        private static void send(String id, @Nullable Reminder reminder) {
            SENT.add(id + " " + reminder);
        }
    }

    // tag::validation[]
    record PostInput(
            @NotBlank @Size(max = 80) String title,
            @Nullable String body) {}

    @Component
    static class Posts {

        @HasuraValidation
        void insertPost(List<PostInput> rows, @SessionVariable("x-hasura-user-id") String author) {
            if (rows.size() > 10) {
                throw HasuraActionException.of("quota", "No more than 10 posts at a time");
            }
        }
        // end::validation[]

        // tag::validation-update[]
        record PostUpdate(
                @JsonProperty("pk_columns") Map<String, Object> key,
                @JsonProperty("_set") PostInput set) {}

        @HasuraValidation
        void updatePost(List<PostUpdate> updates) {}
        // end::validation-update[]
    }

    // tag::auth-hook[]
    @Component
    static class Authentication {

        @HasuraAuthHook
        @Nullable
        AuthHookResult authenticate(
                @WebhookHeader("authorization") @Nullable String authorization,
                @WebhookCookie("session") @Nullable String session) {
            if (authorization == null && session == null) {
                return AuthHookResult.ofRole("anonymous");
            }
            User user = find(authorization, session);
            return user == null
                    ? null // 401
                    : AuthHookResult.ofRole("user")
                            .userId(user.id())
                            .variable("x-hasura-org-ids", user.organisations())
                            .cacheFor(Duration.ofMinutes(5));
        }
        // end::auth-hook[]

        record User(int id, List<Integer> organisations) {}

        private static @Nullable User find(@Nullable String authorization, @Nullable String session) {
            return "Bearer good".equals(authorization) || "good".equals(session) ? new User(7, List.of(1, 2)) : null;
        }
    }

    // tag::session-variables[]
    @Component
    static class Members {

        @HasuraAction
        List<String> invite(
                String email,
                SessionVariables who,
                @SessionVariable("x-hasura-org-ids") Set<Integer> organisations,
                @SessionVariable("x-hasura-user-id") long user,
                @SessionVariable("x-hasura-locale") @Nullable String locale,
                @AsCaller HasuraClient hasura) { // what this client may do, the caller may do
            return List.of(email + " into " + organisations.size() + " by " + user + " as "
                    + who.role().orElse("?"));
        }
    }
    // end::session-variables[]

    // tag::maybe[]
    record ProfileChange(Maybe<@Size(max = 20) String> nickname, Maybe<String> motto) {}

    @Component
    static class Profiles {

        @HasuraAction
        List<String> changeProfile(ProfileChange change) {
            List<String> done = new ArrayList<>();
            change.nickname().ifGiven(nickname -> done.add("nickname = " + nickname)); // null clears it
            change.motto().ifGiven(motto -> done.add("motto = " + motto));
            return done;
        }
    }
    // end::maybe[]

    // tag::cookie[]
    @Component
    static class Sessions {

        record Session(String user) {}

        @HasuraAction
        ActionResult<Session> signIn(String user) {
            String cookie = ResponseCookie.from("session", "abc")
                    .httpOnly(true)
                    .secure(true)
                    .sameSite("Strict")
                    .build()
                    .toString();
            return ActionResult.of(new Session(user)).cookie(cookie);
        }
    }
    // end::cookie[]

    // tag::rows[]
    record Level(Integer stock) {}

    @Component
    static class Stock {

        @HasuraEvent
        void stockChanged(@OldRow @Nullable Level before, @NewRow @Nullable Level after) {
            if (before != null && after != null && before.stock() > 0 && after.stock() == 0) {
                SENT.add("sold out");
            }
        }
    }
    // end::rows[]

    // tag::exception-handlers[]
    static class SoldOutException extends RuntimeException {}

    @Component
    static class Shop {

        @HasuraAction
        String buy(String sku) {
            throw new SoldOutException();
        }

        @HasuraExceptionHandler // for the handlers of this bean
        HasuraActionException soldOut(SoldOutException e) {
            return HasuraActionException.of("sold-out", "Sold out").withStatus(409);
        }
    }

    @Component
    static class Refusals { // no handlers here, so it is for those of all beans

        @HasuraExceptionHandler
        HasuraActionException denied(SecurityException e) {
            return HasuraActionException.of("not-allowed", "You may not do that")
                    .withStatus(403);
        }
    }
    // end::exception-handlers[]

    @Test
    void aCronTriggerIsHandled() {
        SENT.clear();
        String due =
                "{\"id\": \"1\", \"name\": \"send_reminders\", \"scheduled_time\": \"%s\", \"payload\": {\"template\": \"t\"}}";
        assertThat(post("/hasura/scheduled", due.formatted(Instant.now())).statusCode())
                .isEqualTo(200);
        assertThat(post("/hasura/scheduled", due.formatted("2020-01-01T00:00:00Z"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(SENT).containsExactly("1 Reminder[template=t]");
    }

    @Test
    void aOneOffEventIsHandled() {
        SENT.clear();
        HttpResponse<String> answer = post("/hasura/scheduled/trialEnds", """
                {"id": "2", "scheduled_time": "2024-06-24T22:00:00Z", "created_at": "2024-06-20T08:00:00Z",
                 "payload": {"userId": "00000000-0000-0000-0000-000000000001"}}""");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(SENT).containsExactly("trial of 00000000-0000-0000-0000-000000000001 ends");
    }

    @Test
    void rowsAreValidated() {
        assertThat(validation("insertPost", "[{\"title\": \"News\"}]").statusCode())
                .isEqualTo(200);
        HttpResponse<String> refused = validation("insertPost", "[{\"title\": \"\"}]");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("\"message\":\"The input is not valid: input[0].title must not be blank\"");
        assertThat(validation("updatePost", "[{\"pk_columns\": {\"id\": 1}, \"_set\": {\"title\": \"x\"}}]")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theAuthHookSaysWhoItIs() {
        assertThat(get("/hasura/auth-hook/hook-secret", "Authorization", "Bearer good")
                        .body())
                .isEqualTo(
                        "{\"x-hasura-role\":\"user\",\"x-hasura-user-id\":\"7\",\"x-hasura-org-ids\":\"{1,2}\",\"Cache-Control\":\"max-age=300\"}");
        assertThat(get("/hasura/auth-hook/hook-secret", "Cookie", "session=good")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/hasura/auth-hook/hook-secret", "Authorization", "Bearer bad")
                        .statusCode())
                .isEqualTo(401);
        assertThat(get("/hasura/auth-hook/hook-secret", "X-Other", "x").body())
                .isEqualTo("{\"x-hasura-role\":\"anonymous\"}");
        assertThat(get("/hasura/auth-hook", "Authorization", "Bearer good").statusCode())
                .isEqualTo(401);
    }

    @Test
    void theSessionIsReadIntoTypes() {
        assertThat(action("invite", "{\"email\": \"ann@example.com\"}").body())
                .isEqualTo("[\"ann@example.com into 2 by 7 as user\"]");
    }

    @Test
    void absentIsNotNull() {
        assertThat(action("changeProfile", "{\"nickname\": null}").body()).isEqualTo("[\"nickname = null\"]");
        assertThat(action("changeProfile", "{\"motto\": \"x\"}").body()).isEqualTo("[\"motto = x\"]");
    }

    @Test
    void cookiesComeAlong() {
        HttpResponse<String> answer = action("signIn", "{\"user\": \"ann\"}");
        assertThat(answer.body()).isEqualTo("{\"user\":\"ann\"}");
        assertThat(answer.headers().allValues("set-cookie"))
                .containsExactly("session=abc; Secure; HttpOnly; SameSite=Strict");
    }

    @Test
    void bothRowsAreGiven() {
        SENT.clear();
        assertThat(post("/hasura/events", """
                        {"id": "1", "created_at": "2024-01-01T00:00:00", "table": {"schema": "public", "name": "product"},
                         "event": {"op": "UPDATE", "data": {"old": {"stock": 1}, "new": {"stock": 0}}},
                         "trigger": {"name": "stockChanged"}}""").statusCode()).isEqualTo(200);
        assertThat(SENT).containsExactly("sold out");
    }

    @Test
    void exceptionsAreTranslated() {
        assertThat(action("buy", "{\"sku\": \"A-1\"}").body())
                .isEqualTo("{\"message\":\"Sold out\",\"extensions\":{\"code\":\"sold-out\"}}");
    }

    private HttpResponse<String> action(String name, String input) {
        return post("/hasura/actions", """
                {"action": {"name": "%s"}, "input": %s, "request_query": null, "session_variables":
                 {"x-hasura-role": "user", "x-hasura-user-id": "7", "x-hasura-org-ids": "{1,2}"}}""".formatted(name, input));
    }

    private HttpResponse<String> validation(String name, String input) {
        return post("/hasura/validations/" + name, """
                {"version": 1, "role": "user", "session_variables": {"x-hasura-role": "user", "x-hasura-user-id": "7"},
                 "data": {"input": %s}}""".formatted(input));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", "guide-secret")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> get(String path, String header, String value) {
        return send(HttpRequest.newBuilder(uri(path)).header(header, value));
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
