package io.github.hasura4j.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import io.github.hasura4j.client.DynamicResult;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.RetryPolicy;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.propagation.Propagator;
import io.micrometer.tracing.test.simple.SimpleSpan;
import io.micrometer.tracing.test.simple.SimpleTracer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HasuraClientObservationTests {

    private static final String NAME = "hasura.client.operation";

    @AutoClose
    private final LoopbackEngine engine = new LoopbackEngine();

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    private HasuraClient client() {
        return client(null);
    }

    private HasuraClient client(HasuraClientObservationConvention convention) {
        return HasuraClient.builder()
                .endpoint(engine.uri())
                .adminSecret("s3cret")
                .retry(RetryPolicy.standard().backoff(Duration.ZERO, Duration.ZERO))
                .interceptor(new HasuraClientObservationInterceptor("default", registry, convention))
                .build();
    }

    private TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert observed() {
        return TestObservationRegistryAssert.assertThat(registry)
                .hasNumberOfObservationsEqualTo(1)
                .hasObservationWithNameEqualTo(NAME)
                .that()
                .hasBeenStarted()
                .hasBeenStopped();
    }

    @Nested
    class ACall {

        @Test
        void isAnObservationWithFewValues() {
            client().asRole("user").query("hello").execute();

            observed()
                    .hasContextualNameEqualTo("query hello")
                    .hasLowCardinalityKeyValue("client", "default")
                    .hasLowCardinalityKeyValue("operation", "hello")
                    .hasLowCardinalityKeyValue("kind", "query")
                    .hasLowCardinalityKeyValue("role", "user")
                    .hasLowCardinalityKeyValue("outcome", "SUCCESS")
                    .hasLowCardinalityKeyValue("code", "none")
                    .hasHighCardinalityKeyValue("attempts", "1")
                    .hasHighCardinalityKeyValue("request.id", "r-1")
                    .doesNotHaveError();
        }

        @Test
        void mayHaveNoNameAndNoRole() {
            client().document("mutation { hello }").execute();

            observed()
                    .hasContextualNameEqualTo("mutation")
                    .hasLowCardinalityKeyValue("operation", "none")
                    .hasLowCardinalityKeyValue("kind", "mutation")
                    .hasLowCardinalityKeyValue("role", "none");
        }

        @Test
        void isOneWithAllItsAttempts() {
            engine.answers(503, "").answers(503, "");

            client().query("hello").execute();

            observed().hasLowCardinalityKeyValue("outcome", "SUCCESS").hasHighCardinalityKeyValue("attempts", "3");
        }

        @ParameterizedTest
        @CsvSource({
            "constraint-violation, constraint-violation",
            "order 4711 of ada@example.org is closed, other",
            "0815, other",
            "'', other"
        })
        void tellsTheCodeOfAnErrorUnlessItIsNone(String code, String told) {
            engine.answers(
                    200, "{\"errors\": [{\"message\": \"no\", \"extensions\": {\"code\": \"%s\"}}]}".formatted(code));

            client().query("hello").execute();

            observed()
                    .hasLowCardinalityKeyValue("outcome", "ERROR")
                    .hasLowCardinalityKeyValue("code", told)
                    .doesNotHaveError();
        }

        @Test
        void tellsWhyThereIsNoAnswer() {
            HasuraClient hasura = client();
            engine.answers(400, "<html>");

            assertThatThrownBy(() -> hasura.query("hello").execute()).isInstanceOf(HasuraTransportException.class);

            observed()
                    .hasLowCardinalityKeyValue("outcome", "FAILURE")
                    .hasLowCardinalityKeyValue("code", "status")
                    .assertThatError()
                    .isInstanceOf(HasuraTransportException.class);
        }

        @Test
        void isObservedToItsEndIfNobodyWaits() throws Exception {
            DynamicResult result = client().query("hello").executeAsync().get();

            assertThat(result.row(String.class)).contains("hi");
            observed().hasLowCardinalityKeyValue("outcome", "SUCCESS");
        }

        @Test
        void tellsWhyNobodyGotAnAnswer() {
            engine.answers(400, "<html>");

            CompletableFuture<DynamicResult> future = client().query("hello").executeAsync();

            assertThatThrownBy(future::join).hasCauseInstanceOf(HasuraTransportException.class);
            observed().hasLowCardinalityKeyValue("code", "status");
        }

        @Test
        void thatAnInterceptorRefusesIsAFailure() {
            HasuraClient hasura = HasuraClient.builder()
                    .endpoint(engine.uri())
                    .interceptor(new HasuraClientObservationInterceptor("default", registry, null))
                    .interceptor((operation, chain) -> {
                        throw new IllegalStateException("not now");
                    })
                    .build();

            assertThatThrownBy(() -> hasura.query("hello").execute()).hasMessage("not now");

            observed()
                    .hasLowCardinalityKeyValue("outcome", "FAILURE")
                    .hasLowCardinalityKeyValue("code", "IllegalStateException");
        }

        @Test
        void costsNothingWhereNobodyObserves() {
            HasuraClient hasura = HasuraClient.builder()
                    .endpoint(engine.uri())
                    .interceptor(new HasuraClientObservationInterceptor("default", ObservationRegistry.NOOP, null))
                    .build();

            assertThat(hasura.query("hello").execute().row(String.class)).contains("hi");
        }
    }

    @Nested
    class AnotherConvention {

        @Test
        void namesThingsInItsOwnWay() {
            client(new HasuraClientObservationConvention() {
                        @Override
                        public String getName() {
                            return "graphql.client";
                        }

                        @Override
                        public KeyValues getLowCardinalityKeyValues(HasuraClientObservationContext context) {
                            return HasuraClientObservationConvention.super
                                    .getLowCardinalityKeyValues(context)
                                    .and(KeyValue.of("engine", "eu"));
                        }
                    })
                    .query("hello")
                    .execute();

            TestObservationRegistryAssert.assertThat(registry)
                    .hasObservationWithNameEqualTo("graphql.client")
                    .that()
                    .hasLowCardinalityKeyValue("engine", "eu")
                    .hasLowCardinalityKeyValue("operation", "hello");
        }
    }

    @Nested
    class ATrace {

        private final SimpleTracer tracer = new SimpleTracer();
        private final ObservationRegistry traced = ObservationRegistry.create();

        private HasuraClient client(Propagator propagator) {
            traced.observationConfig()
                    .observationHandler(new FirstMatchingCompositeObservationHandler(
                            new PropagatingSenderTracingObservationHandler<>(tracer, propagator),
                            new DefaultTracingObservationHandler(tracer)));
            return HasuraClient.builder()
                    .endpoint(engine.uri())
                    .interceptor(new HasuraClientObservationInterceptor("default", traced, null))
                    .build();
        }

        @Test
        void travelsAlong() {
            client(new TraceParent()).query("hello").execute();

            SimpleSpan span = tracer.onlySpan();
            assertThat(span.getName()).isEqualTo("query hello");
            assertThat(span.getKind()).isEqualTo(Span.Kind.CLIENT);
            assertThat(span.getRemoteServiceName()).isEqualTo("hasura");
            assertThat(span.getTags()).containsEntry("outcome", "SUCCESS").containsEntry("attempts", "1");
            assertThat(engine.headers().getFirst("traceparent"))
                    .isEqualTo("00-" + span.context().traceId() + "-"
                            + span.context().spanId() + "-01");
        }

        @Test
        void goesOnFromTheOneAtHand() {
            HasuraClient hasura = client(new TraceParent());

            Observation.createNotStarted("handler", traced)
                    .observe(() -> hasura.query("hello").execute());

            List<SimpleSpan> spans = List.copyOf(tracer.getSpans());
            assertThat(spans).extracting(SimpleSpan::getName).containsExactly("handler", "query hello");
            assertThat(spans.get(1).context().traceId())
                    .isEqualTo(spans.get(0).context().traceId());
            assertThat(traced.getCurrentObservation()).isNull();
        }

        @Test
        void isCurrentWhileTheCallIsMade() {
            AtomicReference<Observation> current = new AtomicReference<>();
            HasuraClient hasura = HasuraClient.builder()
                    .endpoint(engine.uri())
                    .interceptor(new HasuraClientObservationInterceptor("default", registry, null))
                    .interceptor((operation, chain) -> {
                        current.set(registry.getCurrentObservation());
                        return chain.proceed(operation);
                    })
                    .build();

            hasura.query("hello").execute();

            assertThat(current.get()).isNotNull();
            assertThat(current.get().getContextView().getName()).isEqualTo(NAME);
            assertThat(registry.getCurrentObservation()).isNull();
        }

        @Test
        void doesNotFailACallWithWhatCannotBeSent() {
            client(new TraceParent() {
                        @Override
                        public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
                            super.inject(context, carrier, setter);
                            setter.set(carrier, "baggage", "name=Zoë");
                            setter.set(carrier, "authorization", "Bearer hunter2");
                        }
                    })
                    .query("hello")
                    .execute();

            assertThat(engine.headers()).containsKey("Traceparent").doesNotContainKeys("Baggage", "Authorization");
        }
    }

    /** As the W3C has it. */
    private static class TraceParent implements Propagator {

        @Override
        public List<String> fields() {
            return List.of("traceparent");
        }

        @Override
        public <C> void inject(TraceContext context, C carrier, Setter<C> setter) {
            setter.set(carrier, "traceparent", "00-" + context.traceId() + "-" + context.spanId() + "-01");
        }

        @Override
        public <C> Span.Builder extract(C carrier, Getter<C> getter) {
            return Span.Builder.NOOP;
        }
    }
}
