package io.github.hasura4j.spring.delivery;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** One application with one handler's bean, called as the engine calls it. */
final class Instance implements AutoCloseable {

    private final GenericApplicationContext context = new GenericApplicationContext();
    private final WebhookDispatcher dispatcher;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Instance(Object bean, HandlerAdvisor... advisors) {
        context.registerBean("handlers", (Class) bean.getClass(), () -> bean);
        context.refresh();
        dispatcher = new WebhookDispatcher(
                new HandlerRegistry(
                        context.getBeanFactory(),
                        JsonMapper.shared(),
                        null,
                        List.of(),
                        Stream.of(advisors).toList()),
                new WebhookSettings("X", List.of("secret"), false, 1 << 20),
                List.of());
        dispatcher.verify();
    }

    Answer event(String trigger, String id, int retry, String createdAt, String row) {
        return send(WebhookKind.EVENT, null, """
                {"id": "%s", "created_at": "%s", "table": {"schema": "public", "name": "t"}, "trigger": {"name": "%s"},
                 "event": {"op": "INSERT", "data": {"old": null, "new": %s}, "session_variables": null},
                 "delivery_info": {"current_retry": %d, "max_retries": 3}}""".formatted(id, createdAt, trigger, row, retry));
    }

    Answer event(String trigger, String id) {
        return event(trigger, id, 0, "2026-01-01T00:00:00Z", "{\"id\": 1}");
    }

    Answer scheduled(String name, String scheduledTime) {
        return send(WebhookKind.SCHEDULED, name, """
                {"id": "s1", "name": "%s", "scheduled_time": "%s", "payload": null}""".formatted(name, scheduledTime));
    }

    Answer action(String name, String input) {
        return send(WebhookKind.ACTION, null, """
                {"action": {"name": "%s"}, "input": %s, "request_query": "",
                 "session_variables": {"x-hasura-role": "user", "x-hasura-user-id": "7"}}""".formatted(name, input));
    }

    /** The status of the answer to an event, whole. */
    int deliver(String event) {
        return send(WebhookKind.EVENT, null, event).status();
    }

    private Answer send(WebhookKind kind, String name, String body) {
        var response = dispatcher
                .dispatch(new WebhookRequest(
                        kind,
                        "POST",
                        name,
                        WebhookHeaders.of(Map.of("X", "secret")),
                        "127.0.0.1",
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .toCompletableFuture()
                .join();
        List<String> retryAfter = response.headers().get("Retry-After");
        return new Answer(
                response.status(),
                retryAfter == null ? null : Integer.valueOf(retryAfter.get(0)),
                new String(response.body(), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        context.close();
    }

    record Answer(int status, Integer retryAfter, String body) {}
}
