package io.github.hasura4j.benchmarks;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.BeanValidation;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A whole dispatch, secret and validation included, beside nothing but Jackson binding the same body to the same record. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 5, time = 2)
public class DispatchBenchmark {

    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ObjectReader loginReader = mapper.readerFor(new TypeReference<ActionPayload<Rows.LoginInput>>() {});
    private final ObjectReader orderReader = mapper.readerFor(new TypeReference<EventPayload<Rows.Order, Void>>() {});

    private final byte[] login = Bodies.login();
    private final byte[] small = Bodies.forTrigger(Bodies.smallEvent(), "small");
    private final byte[] large = Bodies.forTrigger(Bodies.largeEvent(), "large");
    private final byte[] narrow = Bodies.forTrigger(Bodies.largeEvent(), "narrow");

    @SuppressWarnings("NullAway.Init")
    private WebhookDispatcher dispatcher;

    @SuppressWarnings("NullAway.Init")
    private Validator validator;

    @Setup
    public void start() {
        AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(StarterServer.Handlers.class);
        validator = Validation.buildDefaultValidatorFactory().getValidator();
        dispatcher = new WebhookDispatcher(
                new HandlerRegistry(context.getBeanFactory(), mapper, new BeanValidation(validator), List.of()),
                new WebhookSettings("X-Webhook-Secret", List.of("benchmark-secret-0123456789"), false, 10_000_000),
                List.of());
        dispatcher.verify();
    }

    @Benchmark
    public Object loginByJackson() {
        ActionPayload<Rows.LoginInput> payload = loginReader.readValue(login);
        if (!validator.validate(payload.input()).isEmpty()) {
            throw new IllegalStateException();
        }
        return mapper.writeValueAsBytes(
                new Rows.LoginResponse("token for " + payload.input().username()));
    }

    @Benchmark
    public Object loginDispatched() {
        return dispatch(WebhookKind.ACTION, login);
    }

    @Benchmark
    public Object smallEventByJackson() {
        return orderReader.<EventPayload<Rows.Order, Void>>readValue(small);
    }

    @Benchmark
    public Object smallEventDispatched() {
        return dispatch(WebhookKind.EVENT, small);
    }

    @Benchmark
    public Object largeEventByJackson() {
        return orderReader.<EventPayload<Rows.Order, Void>>readValue(large);
    }

    @Benchmark
    public Object largeEventDispatched() {
        return dispatch(WebhookKind.EVENT, large);
    }

    @Benchmark
    public Object largeEventDispatchedToFewColumns() {
        return dispatch(WebhookKind.EVENT, narrow);
    }

    private Object dispatch(WebhookKind kind, byte[] body) {
        // As web servers give them, and made for each request as an adapter does.
        WebhookHeaders headers = WebhookHeaders.builder()
                .add("host", "localhost:8081")
                .add("content-type", "application/json")
                .add("content-length", Integer.toString(body.length))
                .add("user-agent", "hasura-graphql-engine/v2.40.0")
                .add("x-webhook-secret", "benchmark-secret-0123456789")
                .add("X-B3-TraceId", "4bf92f3577b34da6a3ce929d0e0e4736")
                .add("X-B3-SpanId", "00f067aa0ba902b7")
                .build();
        return dispatcher
                .dispatch(new WebhookRequest(kind, "POST", null, headers, null, new ByteArrayInputStream(body)))
                .toCompletableFuture()
                .join();
    }
}
