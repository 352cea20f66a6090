package io.github.hasura4j.spring.security;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.concurrent.DelegatingSecurityContextExecutor;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds for requests of the engine whatever chains the application has for everybody else. */
abstract class EngineRequestsContract {

    static final String SECRET = "hasura.webhook.secret=s3cret";
    static final String HOOK = "hasura.webhook.auth-hook.secret=h00k";

    private static final String DENIED = """
            {"message":"Access denied","extensions":{"code":"access-denied"}}""";

    private static final String EDITOR = """
            {"x-hasura-role": "editor", "x-hasura-user-id": "7"}""";

    @LocalServerPort
    private int port;

    /** What the application says to a stranger on a path that is not ours. */
    abstract void strangersAreKeptOut(HttpResponse<String> answer);

    /** What its own users send. */
    abstract @Nullable String authorizationOfItsOwnUser();

    @Test
    void theRestOfTheApplicationIsAsProtectedAsBefore() {
        strangersAreKeptOut(engine().withoutSecret().get("/elsewhere"));
        strangersAreKeptOut(engine().get("/elsewhere"));
        // Only what our routes take for their own path may come past the application's chain.
        for (String other : List.of("/hasura/actions-and-more", "/hasura/%61ctions", "/hasura")) {
            strangersAreKeptOut(engine().get(other));
        }
        String own = authorizationOfItsOwnUser();
        if (own != null) {
            assertThat(engine().withoutSecret()
                            .with("Authorization", own)
                            .get("/elsewhere")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void actionsAndEventsAreAnswered() {
        assertThat(action("greet", EDITOR)).isEqualTo("200 \"hello\"");
        assertThat(event("renamed", EDITOR)).isEqualTo("200 \"7\"");
    }

    @Test
    void withoutTheSecretTheyAreRefusedInOurWords() {
        for (String path : List.of("/hasura/actions", "/hasura/actions/greet", "/hasura/events", "/hasura/events/x")) {
            HttpResponse<String> answer = engine().withoutSecret().post(path, "{}");
            assertThat(Engine.shown(answer)).isEqualTo("""
                    401 {"message":"The webhook secret is missing or wrong","extensions":{"code":"unauthenticated"}}""");
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(answer.headers().map()).doesNotContainKeys("set-cookie", "www-authenticate", "location");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer nonsense", "Bearer good", "Basic bm9ib2R5Om5vbmU=", "Digest x", ""})
    void whatTheEngineForwardsFromItsClientIsIgnored(String authorization) {
        Engine forwarding = engine().with("Authorization", authorization)
                .with("Cookie", "JSESSIONID=0123456789; SESSION=abc; XSRF-TOKEN=x")
                .with("X-XSRF-TOKEN", "y");
        assertThat(forwarding.action("whoAmI", EDITOR)).contains("\"name\":\"7\"");
        assertThat(forwarding.withoutSecret().action("greet", EDITOR)).startsWith("401 {\"message\"");
    }

    @Test
    void noSessionIsCreated() {
        assertThat(engine().post("/hasura/actions", Engine.actionBody("greet", EDITOR))
                        .headers()
                        .firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void headersOfTheClientMayHoldAnything() throws IOException {
        // In UTF-8 the second byte of this letter is a control character to whoever reads bytes.
        assertThat(engine().raw("/hasura/actions", "X-Nickname: \u0141ukasz", Engine.actionBody("nickname", EDITOR)))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void otherMethodsAreRefusedInOurWords() {
        assertThat(Engine.shown(engine().get("/hasura/actions"))).startsWith("405 {\"message\"");
        assertThat(Engine.shown(engine().send("/hasura/actions", "OPTIONS", "")))
                .startsWith("405 {\"message\"");
        assertThat(Engine.shown(engine().send("/hasura/events", "DELETE", ""))).startsWith("405 {\"message\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/hasura/actions/greet//", "/hasura/actions/greet;a=b", "/hasura/events/%25"})
    void whatTheFirewallRefusesIsRefusedInJson(String path) {
        HttpResponse<String> answer = engine().post(path, Engine.actionBody("greet", EDITOR));
        assertThat(Engine.shown(answer)).isEqualTo("""
                400 {"message":"The request was refused before it came to a handler","extensions":{"code":"refused"}}""");
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    }

    @Test
    void theSessionIsTheAuthentication() {
        assertThat(action("whoAmI", EDITOR)).isEqualTo("""
                200 {"name":"7","principal":"7","session":"7","authorities":["ROLE_editor"],"user":"7",\
                "kind":"HasuraAuthentication"}""");
        assertThat(action("whoAmI", "{\"x-hasura-role\": \"admin\"}"))
                .contains("\"name\":\"admin\"")
                .contains("\"authorities\":[\"ROLE_admin\"]")
                .contains("\"user\":null");
    }

    @Test
    void ofTheUnauthorizedRoleNothingElseIsBelieved() {
        assertThat(action("whoAmI", "{\"x-hasura-role\": \"anonymous\", \"x-hasura-user-id\": \"1\"}"))
                .contains("\"name\":\"anonymous\"")
                .contains("\"authorities\":[\"ROLE_anonymous\"]")
                .contains("\"user\":null")
                .contains("\"kind\":\"Anonymous\"");
    }

    @ParameterizedTest
    @CsvSource({
        "publish, editor, true",
        "publish, user, false",
        "publish, Editor, false",
        "publish, anonymous, false",
        "publishLater, editor, true",
        "publishLater, user, false",
        "anonymousOnly, anonymous, true",
        "anonymousOnly, editor, false",
        "loggedInOnly, editor, true",
        "loggedInOnly, anonymous, false",
        "deniedByTheHandler, editor, false",
        "deniedByAFuture, editor, false",
        "deniedByAMono, editor, false",
        "ownOnly, editor, true"
    })
    void methodSecurityDecides(String action, String role, boolean allowed) {
        String session = "{\"x-hasura-role\": \"%s\", \"x-hasura-user-id\": \"7\"}".formatted(role);
        assertThat(action(action, session)).isEqualTo(allowed ? "200 \"done\"" : "403 " + DENIED);
    }

    @Test
    void aMonoHasTheContextToo() {
        assertThat(action("reactiveName", EDITOR)).isEqualTo("200 \"7\"");
    }

    @Test
    void anotherThreadHasItIfItsExecutorPassesItOn() {
        assertThat(action("nameElsewhere", EDITOR)).isEqualTo("200 \"7\"");
    }

    @Test
    void anEventWithoutSessionIsNobodys() {
        assertThat(event("whoWasIt", "null")).isEqualTo("""
                200 {"name":"","authenticated":false,"authorities":[]}""");
        assertThat(event("whoWasIt", EDITOR)).isEqualTo("""
                200 {"name":"7","authenticated":true,"authorities":["ROLE_editor"]}""");
    }

    @Test
    void aDeniedValidationIsARefusal() {
        String body = "{\"version\": 1, \"role\": \"%1$s\", \"session_variables\": {\"x-hasura-role\": \"%1$s\"}, "
                + "\"data\": {\"input\": []}}";
        assertThat(Engine.shown(engine().post("/hasura/validations/checkPost", body.formatted("editor"))))
                .isEqualTo("200 {}");
        assertThat(Engine.shown(engine().post("/hasura/validations/checkPost", body.formatted("user"))))
                .isEqualTo("400 " + DENIED);
    }

    @Test
    void theAuthHookIsAsked() {
        Engine hook = engine().withoutSecret().with("Authorization", "Bearer whatever");
        assertThat(Engine.shown(hook.get("/hasura/auth-hook/h00k")))
                .isEqualTo("200 {\"x-hasura-role\":\"user\",\"x-hasura-user-id\":\"whatever\"}");
        assertThat(Engine.shown(hook.with("Authorization", "Bearer bad").get("/hasura/auth-hook/h00k")))
                .startsWith("401 {\"message\":\"Access denied\"");
        assertThat(Engine.shown(hook.get("/hasura/auth-hook/wrong"))).startsWith("401 {\"message\"");
    }

    @Test
    void aScheduleIsNobodys() {
        assertThat(Engine.shown(engine().post("/hasura/scheduled", """
                        {"id": "1", "name": "tick", "scheduled_time": "2024-01-01T00:00:00Z", "payload": {}}"""))).isEqualTo("200 {}");
        assertThat(Engine.shown(engine().post("/hasura/scheduled", """
                        {"id": "1", "name": "editorsTick", "scheduled_time": "2024-01-01T00:00:00Z", "payload": {}}"""))).startsWith("500 ");
    }

    @Test
    void aDeniedEventFailsLikeAnyOther() {
        assertThat(event("editorsOnly", EDITOR)).isEqualTo("200 {}");
        assertThat(event("editorsOnly", "null")).startsWith("500 {\"message\":\"Internal error\"");
    }

    @Test
    void nobodyIsTakenForSomebodyElse() {
        List<CompletableFuture<Boolean>> calls = IntStream.range(0, 50)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> {
                    String session = "{\"x-hasura-role\": \"role%1$d\", \"x-hasura-user-id\": \"%1$d\"}".formatted(i);
                    return action("whoAmI", session).contains("\"name\":\"%1$d\",\"principal\":\"%1$d\"".formatted(i))
                            && event("whoWasIt", "null").contains("\"name\":\"\"");
                }))
                .toList();
        assertThat(calls).allMatch(CompletableFuture::join);
    }

    private String action(String name, String session) {
        return engine().action(name, session);
    }

    private String event(String trigger, String session) {
        return engine().event(trigger, session);
    }

    private Engine engine() {
        return Engine.at(port).with("X-Webhook-Secret", "s3cret");
    }

    /** For every application under test. */
    @EnableMethodSecurity
    @Component
    static class Handlers {

        record Who(
                String name,
                String principal,
                String session,
                Collection<String> authorities,
                @Nullable String user,
                String kind) {}

        record WhoWasIt(String name, boolean authenticated, Collection<String> authorities) {}

        @HasuraAction
        String greet() {
            return "hello";
        }

        @HasuraAction
        @Nullable
        String nickname(@WebhookHeader("X-Nickname") @Nullable String nickname) {
            return nickname;
        }

        @HasuraAction
        Who whoAmI(
                Principal principal,
                Authentication authentication,
                @AuthenticationPrincipal HasuraSession session,
                HasuraSession same,
                @AuthenticationPrincipal(expression = "userId.orElse(null)") @Nullable String user) {
            assertThat(same).isEqualTo(session);
            assertThat(SecurityContextHolder.getContext().getAuthentication()).isSameAs(authentication);
            return new Who(
                    authentication.getName(),
                    principal.getName(),
                    session.name(),
                    authorities(authentication),
                    user,
                    authentication.getClass().getSimpleName());
        }

        @HasuraAction
        @PreAuthorize("hasRole('editor')")
        String publish() {
            return "done";
        }

        @HasuraAction
        @PreAuthorize("hasRole('editor')")
        CompletableFuture<String> publishLater() {
            return CompletableFuture.supplyAsync(() -> "done");
        }

        @HasuraAction
        @PreAuthorize("isAnonymous()")
        String anonymousOnly() {
            return "done";
        }

        @HasuraAction
        @PreAuthorize("isAuthenticated()")
        String loggedInOnly() {
            return "done";
        }

        @HasuraAction
        @PreAuthorize("authentication.name == #owner.variables.get('x-hasura-user-id')")
        String ownOnly(HasuraSession owner, SessionVariables variables) {
            return variables.equals(owner.variables()) ? "done" : "different";
        }

        @HasuraAction
        String deniedByTheHandler() {
            throw new AccessDeniedException("hidden detail");
        }

        @HasuraAction
        CompletableFuture<String> deniedByAFuture() {
            return CompletableFuture.supplyAsync(() -> {
                throw new AccessDeniedException("hidden detail");
            });
        }

        @HasuraAction
        Mono<String> deniedByAMono() {
            return Mono.error(new AccessDeniedException("hidden detail"));
        }

        @HasuraAction
        Mono<String> reactiveName() {
            return ReactiveSecurityContextHolder.getContext()
                    .mapNotNull(SecurityContext::getAuthentication)
                    .map(Authentication::getName);
        }

        @HasuraAction
        CompletableFuture<String> nameElsewhere() {
            return CompletableFuture.supplyAsync(
                    () -> SecurityContextHolder.getContext().getAuthentication().getName(),
                    new DelegatingSecurityContextExecutor(ForkJoinPool.commonPool()));
        }

        @HasuraValidation
        @PreAuthorize("hasRole('editor')")
        void checkPost() {}

        @HasuraScheduled
        void tick(Authentication nobody) {
            assertThat(nobody.isAuthenticated()).isFalse();
        }

        @HasuraScheduled
        @PreAuthorize("hasRole('editor')")
        void editorsTick() {}

        @HasuraAuthHook
        AuthHookResult authenticate(@WebhookHeader("authorization") @Nullable String authorization) {
            if ("Bearer bad".equals(authorization)) {
                throw new BadCredentialsException("hidden detail");
            }
            return AuthHookResult.ofRole("user").userId(authorization.substring("Bearer ".length()));
        }

        @HasuraEvent
        String renamed(Principal who) {
            return who.getName();
        }

        @HasuraEvent
        WhoWasIt whoWasIt(Authentication authentication) {
            return new WhoWasIt(
                    authentication.getName(), authentication.isAuthenticated(), authorities(authentication));
        }

        @HasuraEvent
        @PreAuthorize("hasRole('editor')")
        void editorsOnly() {}

        private static List<String> authorities(Authentication authentication) {
            return authentication.getAuthorities().stream()
                    .map(GrantedAuthority::getAuthority)
                    .toList();
        }
    }
}
