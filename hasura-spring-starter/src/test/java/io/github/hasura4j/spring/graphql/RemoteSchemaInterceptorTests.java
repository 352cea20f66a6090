package io.github.hasura4j.spring.graphql;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.dispatch.TrustedSessions;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import org.junit.jupiter.api.Test;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.http.HttpHeaders;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/** What comes past the filter, over a web socket, say, does not come past the interceptor. */
class RemoteSchemaInterceptorTests {

    private final RemoteSchemaInterceptor interceptor = new RemoteSchemaInterceptor(
            new TrustedSessions(new WebhookSettings.Access("X-Webhook-Secret", List.of("s3cret"), false), List.of()),
            new HasuraSessions(),
            true);

    @Test
    void strangersAreRefused() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("x-hasura-role", "admin");
        WebGraphQlResponse answer = interceptor
                .intercept(request(headers), any -> Mono.error(new AssertionError("came past")))
                .block();

        assertThat(answer.toMap()).doesNotContainKey("data").hasToString("""
                {errors=[{message=The webhook secret is missing or wrong, locations=[], \
                extensions={code=unauthenticated, classification=UNAUTHORIZED}}]}""");
    }

    @Test
    void theEngineIsLetThrough() {
        HttpHeaders headers = new HttpHeaders();
        headers.add("X-Webhook-Secret", "s3cret");
        headers.add("x-hasura-role", "user");
        WebGraphQlRequest request = request(headers);

        assertThat(interceptor.intercept(request, any -> Mono.empty()).block()).isNull();
        assertThat(request.toExecutionInput().getGraphQLContext().<Object>get("hasuraSession"))
                .asString()
                .contains("role=user");
    }

    private static WebGraphQlRequest request(HttpHeaders headers) {
        return new WebGraphQlRequest(
                URI.create("http://localhost/graphql"),
                headers,
                null,
                null,
                Map.of(),
                Map.of("query", "{ hello }"),
                "1",
                Locale.ROOT);
    }
}
