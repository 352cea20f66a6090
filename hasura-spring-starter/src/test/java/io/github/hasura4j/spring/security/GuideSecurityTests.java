package io.github.hasura4j.spring.security;

import java.util.List;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraSession;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;

import static org.assertj.core.api.Assertions.assertThat;

/** The Java of docs/security.md. */
@SpringBootTest(
        classes = GuideSecurityTests.Application.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=s3cret", "spring.graphql.schema.locations=classpath:remote-schema/"})
class GuideSecurityTests {

    private static final String EDITOR = "{\"x-hasura-role\": \"editor\", \"x-hasura-user-id\": \"7\"}";

    private final Engine engine;

    GuideSecurityTests(@LocalServerPort int port) {
        this.engine = Engine.at(port).with("X-Webhook-Secret", "s3cret");
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @EnableMethodSecurity
    @Import({Posts.class, Users.class})
    static class Application {}

    record Post(String title, String publishedBy) {}

    // tag::handler[]
    @Component
    static class Posts {

        @HasuraAction
        @PreAuthorize("hasRole('editor')")
        Post publish(String title, @AuthenticationPrincipal HasuraSession session) {
            return new Post(title, session.name());
        }
    }
    // end::handler[]

    record User(String id, String name) {}

    // tag::remote-schema[]
    @Controller
    static class Users {

        @QueryMapping
        User user(@Argument String id, HasuraSession session) {
            boolean self = session.userId().filter(id::equals).isPresent();
            return new User(id, self ? "You" : "Somebody");
        }
    }
    // end::remote-schema[]

    @Test
    void onlyEditorsPublish() {
        assertThat(publish(EDITOR)).isEqualTo("200 {\"title\":\"News\",\"publishedBy\":\"7\"}");
        assertThat(publish("{\"x-hasura-role\": \"user\", \"x-hasura-user-id\": \"7\"}"))
                .isEqualTo("403 {\"message\":\"Access denied\",\"extensions\":{\"code\":\"access-denied\"}}");
    }

    @Test
    void theRemoteSchemaKnowsWhoAsks() {
        Engine asUser = engine.with("x-hasura-role", "user").with("x-hasura-user-id", "7");
        for (List<String> each : List.of(List.of("7", "You"), List.of("8", "Somebody"))) {
            assertThat(Engine.shown(asUser.post(
                            "/graphql", "{\"query\": \"{ user(id: \\\"%s\\\") { name } }\"}".formatted(each.get(0)))))
                    .isEqualTo("200 {\"data\":{\"user\":{\"name\":\"%s\"}}}".formatted(each.get(1)));
        }
    }

    private String publish(String session) {
        return Engine.shown(engine.post("/hasura/actions", """
                {"action": {"name": "publish"}, "input": {"title": "News"}, "session_variables": %s,
                 "request_query": null}""".formatted(session)));
    }
}
