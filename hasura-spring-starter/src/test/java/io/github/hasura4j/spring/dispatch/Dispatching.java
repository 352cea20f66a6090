package io.github.hasura4j.spring.dispatch;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.HandlerAdvisor;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A dispatcher over some beans, without any web framework. */
final class Dispatching implements AutoCloseable {

    static final WebhookHeaders AUTHENTICATED = WebhookHeaders.of(Map.of("X-Webhook-Secret", "secret"));

    static final JsonMapper MAPPER = JsonMapper.shared();

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
    private final List<HandlerArgumentResolver> resolvers = new ArrayList<>();
    private final List<WebhookInterceptor> interceptors = new ArrayList<>();
    private final List<HandlerAdvisor> advisors = new ArrayList<>();
    private WebhookSettings settings = new WebhookSettings("X-Webhook-Secret", List.of("secret"), false, 1 << 20);
    private JsonMapper mapper = MAPPER;
    private HandlerRegistry registry;
    private WebhookDispatcher dispatcher;

    static Dispatching to(Class<?>... beans) {
        Dispatching dispatching = new Dispatching();
        dispatching.context.register(beans);
        return dispatching;
    }

    Dispatching mapper(JsonMapper mapper) {
        this.mapper = mapper;
        return this;
    }

    Dispatching resolving(HandlerArgumentResolver resolver) {
        resolvers.add(resolver);
        return this;
    }

    Dispatching intercepting(WebhookInterceptor interceptor) {
        interceptors.add(interceptor);
        return this;
    }

    Dispatching advising(HandlerAdvisor advisor) {
        advisors.add(advisor);
        return this;
    }

    Dispatching settings(WebhookSettings settings) {
        this.settings = settings;
        return this;
    }

    AnnotationConfigApplicationContext context() {
        return context;
    }

    Dispatching start() {
        if (dispatcher == null) {
            context.refresh();
            registry = new HandlerRegistry(
                    context.getBeanFactory(), mapper, new BeanValidation(VALIDATOR), resolvers, advisors);
            dispatcher = new WebhookDispatcher(registry, settings, interceptors);
            dispatcher.verify();
        }
        return this;
    }

    List<HandlerMethod> handlers() {
        return start().registry.handlers();
    }

    Answer action(String name, String input) {
        return action(name, """
                {"action": {"name": "%s"}, "input": %s, "request_query": "mutation { x }",
                 "session_variables": {"x-hasura-role": "user", "x-hasura-user-id": "7"}}""".formatted(name, input), AUTHENTICATED);
    }

    Answer action(String name, String body, WebhookHeaders headers) {
        return send(WebhookKind.ACTION, name, body, headers);
    }

    Answer event(String name, String event) {
        return send(WebhookKind.EVENT, null, """
                {"id": "85558393-0000-0000-0000-000000000000", "created_at": "2023-06-06T17:58:29.957389",
                 "table": {"schema": "public", "name": "user"}, "trigger": {"name": "%s"}, "event": %s,
                 "delivery_info": {"current_retry": 2, "max_retries": 5}}""".formatted(name, event), AUTHENTICATED);
    }

    Answer scheduled(String nameInPath, String body) {
        return send(WebhookKind.SCHEDULED, nameInPath, body, AUTHENTICATED);
    }

    Answer validation(String name, String input) {
        return send(WebhookKind.VALIDATION, name, """
                {"version": 1, "role": "user", "session_variables": {"x-hasura-role": "user", "x-hasura-user-id": "7"},
                 "data": {"input": %s}}""".formatted(input), AUTHENTICATED);
    }

    Answer send(WebhookKind kind, String nameInPath, String body, WebhookHeaders headers) {
        return send(kind, "POST", nameInPath, body, headers, "127.0.0.1");
    }

    Answer send(
            WebhookKind kind,
            String method,
            String nameInPath,
            String body,
            WebhookHeaders headers,
            String remoteAddress) {
        start();
        WebhookResponse response = dispatcher
                .dispatch(new WebhookRequest(
                        kind,
                        method,
                        nameInPath,
                        headers,
                        remoteAddress,
                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .toCompletableFuture()
                .join();
        return new Answer(response.status(), new String(response.body(), StandardCharsets.UTF_8), response.headers());
    }

    @Override
    public void close() {
        context.close();
    }

    record Answer(int status, String body, Map<String, List<String>> headers) {

        JsonNode json() {
            return MAPPER.readTree(body);
        }

        String code() {
            return json().path("extensions").path("code").asString(null);
        }

        String message() {
            return json().path("message").asString(null);
        }
    }
}
