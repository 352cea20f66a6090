package io.github.hasura4j.example;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.graphql.server.WebGraphQlRequest;
import org.springframework.graphql.server.WebGraphQlResponse;
import org.springframework.graphql.server.WebSocketGraphQlInterceptor;
import org.springframework.graphql.server.WebSocketSessionInfo;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Our client against the WebSocket handler of Spring for GraphQL. */
@SpringBootTest(
        classes = SpringSubscriptionTests.Server.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.graphql.schema.locations=classpath:subscriptions/",
            "spring.graphql.http.path=/v1/graphql",
            "spring.graphql.websocket.path=/v1/graphql",
            "hasura.webhook.secret=unused",
            "hasura.remote-schema.guarded=false",
            "logging.level.org.springframework.graphql=off",
            "logging.level.org.springframework.web.socket=off"
        })
class SpringSubscriptionTests extends SubscriptionContract {

    @LocalServerPort
    private int port;

    @Override
    int port() {
        return port;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Events.class)
    static class Server {

        @Bean
        WebSocketGraphQlInterceptor secret() {
            return new WebSocketGraphQlInterceptor() {
                @Override
                public Mono<Object> handleConnectionInitialization(
                        WebSocketSessionInfo session, Map<String, Object> payload) {
                    return payload.get("headers") instanceof Map<?, ?> headers
                                    && "s3cret".equals(headers.get("x-hasura-admin-secret"))
                            ? Mono.empty()
                            : Mono.error(new IllegalStateException("no"));
                }

                @Override
                public Mono<WebGraphQlResponse> intercept(WebGraphQlRequest request, Chain chain) {
                    return chain.next(request);
                }
            };
        }
    }

    @Controller
    static class Events {

        private static final int ROWS = 2000;

        record Row(int seq, String kind) {}

        @SubscriptionMapping("event")
        Flux<List<Row>> events(@Argument @Nullable Integer limit) {
            return Flux.range(1, limit == null ? 3 : limit).map(seq -> List.of(new Row(seq, "k")));
        }

        @SubscriptionMapping("event_by_pk")
        Flux<Row> event(@Argument int seq) {
            return Flux.just(new Row(seq, "k"));
        }

        @SubscriptionMapping("event_stream")
        Flux<List<Row>> stream(@Argument("batch_size") int size, @Argument("cursor") List<Map<String, Object>> cursor) {
            int after = (Integer) ((Map<?, ?>) cursor.get(0).get("initial_value")).get("seq");
            int batches = (ROWS - after + size - 1) / size;
            return Flux.range(0, batches)
                    .map(n -> IntStream.range(after + 1 + n * size, Math.min(after + 1 + (n + 1) * size, ROWS + 1))
                            .mapToObj(seq -> new Row(seq, "k"))
                            .toList())
                    .concatWith(Flux.never());
        }
    }
}
