package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

import io.github.hasura4j.client.ClientObserver;
import io.github.hasura4j.client.ClientOperation;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraTransportException;
import io.github.hasura4j.client.LiveQuery;
import io.github.hasura4j.client.SubscriptionSettings;
import io.github.hasura4j.spring.client.HasuraClientCustomizer;
import io.github.hasura4j.spring.client.HasuraClientObservationConvention;
import io.github.hasura4j.spring.client.LoopbackEngine;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HasuraClientAutoConfigurationTests {

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(HasuraClientAutoConfiguration.class));

    @Test
    void contributesNothingWithoutAnEndpoint() {
        application
                .withPropertyValues("hasura.client.admin-secret=s3cret")
                .run(context -> assertThat(context).doesNotHaveBean(HasuraClient.class));
    }

    @Test
    void contributesNothingForAnEmptyEndpoint() {
        for (String empty : List.of("", " ")) {
            application
                    .withPropertyValues("hasura.client.endpoint=" + empty)
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HasuraClient.class));
        }
    }

    @Test
    void takesAnAdminSecretFromAFileWithALineEnd() {
        application
                .withPropertyValues("hasura.client.endpoint=http://localhost:8080")
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new MapPropertySource("file", Map.of("hasura.client.admin-secret", " s3cret\n"))))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(HasuraClient.class)
                        .asString()
                        .contains("admin secret"));
    }

    @Test
    void refusesAnAdminSecretThatRefersToNothing() {
        application
                .withPropertyValues(
                        "hasura.client.endpoint=http://localhost:8080", "hasura.client.admin-secret=${NOT_SET_HERE}")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseMessage("The property hasura.client.admin-secret refers to"
                                + " ${NOT_SET_HERE}, which is not set"));
    }

    @Test
    void doesWithoutAMapperIfItCannotChoose() {
        application
                .withPropertyValues("hasura.client.endpoint=http://localhost:8080")
                .withUserConfiguration(TwoMappers.class)
                .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HasuraClient.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoMappers {

        @Bean
        JsonMapper one() {
            return new JsonMapper();
        }

        @Bean
        JsonMapper two() {
            return new JsonMapper();
        }
    }

    @Test
    void contributesAClientForTheEndpoint() {
        application
                .withPropertyValues("hasura.client.endpoint=http://localhost:8080", "hasura.client.admin-secret=s3cret")
                .run(context -> {
                    assertThat(context.getBean(HasuraClient.class).endpoint())
                            .isEqualTo(URI.create("http://localhost:8080/v1/graphql"));
                    assertThat(context.getBean(HasuraClientProperties.class))
                            .asString()
                            .doesNotContain("s3cret");
                });
    }

    @Test
    void backsOffForAClientOfYours() {
        application
                .withPropertyValues("hasura.client.endpoint=http://localhost:8080")
                .withUserConfiguration(OwnClient.class)
                .run(context -> assertThat(context.getBean(HasuraClient.class).endpoint())
                        .hasHost("own"));
    }

    @Test
    void obeysRoleAndTimeouts() {
        application
                .withPropertyValues(
                        "hasura.client.endpoint=http://localhost:8080",
                        "hasura.client.role=user",
                        "hasura.client.connect-timeout=1s",
                        "hasura.client.request-timeout=2s")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .getBean(HasuraClient.class)
                        .asString()
                        .contains("user"));
        application
                .withPropertyValues("hasura.client.endpoint=http://localhost:8080", "hasura.client.request-timeout=0s")
                .run(context -> assertThat(context).hasFailed());
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnClient {

        @Bean
        HasuraClient own() {
            return HasuraClient.builder().endpoint(URI.create("http://own:1")).build();
        }
    }

    @Nested
    class ACall {

        @AutoClose
        private final LoopbackEngine engine = new LoopbackEngine();

        private final ApplicationContextRunner connected =
                application.withPropertyValues("hasura.client.endpoint=" + engine.uri());

        @Test
        void sendsTheHeaders() {
            connected
                    .withPropertyValues("hasura.client.headers.x-gateway-key=k3y", "hasura.client.admin-secret=s3cret")
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(engine.headers().getFirst("x-gateway-key")).isEqualTo("k3y");
                        assertThat(engine.headers().getFirst("x-hasura-admin-secret"))
                                .isEqualTo("s3cret");
                        assertThat(context.getBean(HasuraClientProperties.class))
                                .asString()
                                .contains("x-gateway-key")
                                .doesNotContain("k3y", "s3cret");
                    });
        }

        @Test
        void refusesAHeaderThatTheClientSetsItself() {
            connected
                    .withPropertyValues("hasura.client.headers.x-hasura-role=admin")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("'x-hasura-role' is set by the client itself"));
        }

        @Test
        void isRepeatedAsOftenAsToldTo() {
            engine.answers(503, "").answers(503, "").answers(503, "");

            connected
                    .withPropertyValues(
                            "hasura.client.retry.max-attempts=4",
                            "hasura.client.retry.first-backoff=0s",
                            "hasura.client.retry.longest-backoff=1ms")
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(engine.received()).hasSize(4);
                    });
        }

        @Test
        void asASubscriptionConnectsAsOftenAsToldTo() {
            for (int i = 0; i < 9; i++) {
                engine.answers(503, "");
            }

            connected
                    .withPropertyValues(
                            "hasura.client.subscriptions.max-attempts=3",
                            "hasura.client.subscriptions.first-backoff=1ms",
                            "hasura.client.subscriptions.longest-backoff=1ms")
                    .run(context -> {
                        try (LiveQuery<String> live = context.getBean(HasuraClient.class)
                                .document("subscription { hello }")
                                .live("hello", String.class)) {
                            assertThatThrownBy(() -> live.next(Duration.ofSeconds(30)))
                                    .isInstanceOf(HasuraTransportException.class);
                        }

                        assertThat(engine.received()).hasSize(3);
                    });
        }

        @Test
        void isCustomizedInOrderAndLast() {
            connected
                    .withPropertyValues("hasura.client.headers.x-order=properties")
                    .withUserConfiguration(Customizers.class)
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(engine.headers().getFirst("x-order")).isEqualTo("second");
                        assertThat(engine.headers().getFirst("x-client")).isEqualTo("default");
                    });
        }

        @Test
        void endsWithTheApplication() {
            AtomicReference<HasuraClient> left = new AtomicReference<>();
            connected.run(context -> left.set(context.getBean(HasuraClient.class)));

            assertThatIllegalStateException()
                    .isThrownBy(() -> left.get().query("hello").execute())
                    .withMessageContaining("closed");
        }

        @Test
        @EnabledForJreRange(min = JRE.JAVA_21)
        void runsOnVirtualThreadsWhereTheApplicationDoes() {
            AtomicReference<Thread> thread = new AtomicReference<>();
            connected
                    .withPropertyValues("spring.threads.virtual.enabled=true")
                    .withBean(
                            HasuraClientCustomizer.class,
                            () -> (client, builder) -> builder.observer(new ClientObserver() {
                                @Override
                                public void answering(ClientOperation operation, int attempt, int status) {
                                    thread.set(Thread.currentThread());
                                }
                            }))
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(thread.get().getName()).startsWith("hasura-client-");
                    });
        }

        @Test
        void isObservedWhereSomebodyObserves() {
            TestObservationRegistry registry = TestObservationRegistry.create();
            connected
                    .withConfiguration(AutoConfigurations.of(HasuraClientObservationAutoConfiguration.class))
                    .withBean(ObservationRegistry.class, () -> registry)
                    .withBean(HasuraClientObservationConvention.class, () -> new HasuraClientObservationConvention() {
                        @Override
                        public String getName() {
                            return "graphql.client";
                        }
                    })
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(registry)
                                .hasSingleObservationThat()
                                .hasNameEqualTo("graphql.client")
                                .hasLowCardinalityKeyValue("client", "default");
                    });
        }

        @Test
        void isNotObservedWhereNobodyDoes() {
            connected
                    .withConfiguration(AutoConfigurations.of(HasuraClientObservationAutoConfiguration.class))
                    .run(context -> assertThat(context.getBean(HasuraClient.class)
                                    .query("hello")
                                    .execute()
                                    .row(String.class))
                            .contains("hi"));
            connected
                    .withConfiguration(AutoConfigurations.of(HasuraClientObservationAutoConfiguration.class))
                    .withClassLoader(new FilteredClassLoader("io.micrometer"))
                    .run(context -> assertThat(context).hasNotFailed().hasSingleBean(HasuraClient.class));
        }

        @Test
        void isObservedByTheRegistryOfBoot() {
            connected
                    .withConfiguration(AutoConfigurations.of(
                            HasuraClientObservationAutoConfiguration.class, ObservationAutoConfiguration.class))
                    .withBean(Names.class)
                    .run(context -> {
                        context.getBean(HasuraClient.class).query("hello").execute();

                        assertThat(context.getBean(Names.class).names).contains("hasura.client.operation");
                    });
        }
    }

    @Nested
    class Settings {

        private final ApplicationContextRunner unconnected =
                application.withPropertyValues("hasura.client.endpoint=http://localhost:8080");

        private void assertSubscriptions(String expected, String... properties) {
            unconnected
                    .withPropertyValues(properties)
                    .run(context -> assertThat(ClientSettings.subscriptions(
                                    "",
                                    context.getBean(HasuraClientProperties.class)
                                            .subscriptions()))
                            .hasToString(expected));
        }

        @Test
        void ofSubscriptionsAreTheClientsOwnUnlessSet() {
            assertSubscriptions(SubscriptionSettings.create().toString());
        }

        @Test
        void ofSubscriptionsCanAllBeSet() {
            assertSubscriptions("""
                    SubscriptionSettings[acknowledgeTimeout=PT1S, pingInterval=PT2S, silenceTimeout=PT3S, backoff=PT0.004S to PT5S, \
                    maxAttempts=6, idleTimeout=PT7S, renewBefore=PT8S, maxMessageLength=9, streamBuffer=10 batches or 11264 bytes]""", """
                    hasura.client.subscriptions.acknowledge-timeout=1s
                    hasura.client.subscriptions.ping-interval=2s
                    hasura.client.subscriptions.silence-timeout=3s
                    hasura.client.subscriptions.first-backoff=4ms
                    hasura.client.subscriptions.longest-backoff=5s
                    hasura.client.subscriptions.max-attempts=6
                    hasura.client.subscriptions.idle-timeout=7s
                    hasura.client.subscriptions.renew-before=8s
                    hasura.client.subscriptions.max-message-length=9
                    hasura.client.subscriptions.stream-buffer-batches=10
                    hasura.client.subscriptions.stream-buffer-size=11KB
                    """.split("\n"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
                connect-timeout                     | 0s
                request-timeout                     | -1s
                retry.max-attempts                  | 0
                retry.first-backoff                 | 1m
                subscriptions.acknowledge-timeout   | 0s
                subscriptions.ping-interval         | 0s
                subscriptions.silence-timeout       | -1s
                subscriptions.first-backoff         | 1m
                subscriptions.max-attempts          | 0
                subscriptions.idle-timeout          | 0s
                subscriptions.renew-before          | 0s
                subscriptions.max-message-length    | 0
                subscriptions.stream-buffer-batches | 0
                subscriptions.stream-buffer-size    | 0B
                """)
        void areNamedWhereTheClientDoesNotAcceptThem(String property, String value) {
            for (String place : List.of("hasura.client.", "hasura.client.clients.billing.")) {
                unconnected
                        .withPropertyValues(
                                "hasura.client.clients.billing.endpoint=http://localhost:8080",
                                place + property + "=" + value)
                        .run(context -> assertThat(context)
                                .getFailure()
                                .rootCause()
                                .isInstanceOfSatisfying(
                                        InvalidConfigurationPropertyValueException.class,
                                        failure -> assertThat(failure.getName()).isEqualTo(place + property)));
            }
        }

        @Test
        void areNamedWhereTheyAreInherited() {
            application
                    .withPropertyValues(
                            "hasura.client.clients.billing.endpoint=http://localhost:8080",
                            "hasura.client.subscriptions.ping-interval=0s")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("hasura.client.subscriptions.ping-interval"));
        }
    }

    static final class Names implements ObservationHandler<Observation.Context> {

        private final List<String> names = new CopyOnWriteArrayList<>();

        @Override
        public void onStop(Observation.Context context) {
            names.add(context.getName());
        }

        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Customizers {

        @Bean
        @Order(2)
        HasuraClientCustomizer second() {
            return (client, builder) -> builder.header("x-order", "second").header("x-client", client);
        }

        @Bean
        @Order(1)
        HasuraClientCustomizer first() {
            return (client, builder) -> builder.header("x-order", "first");
        }
    }

    @Nested
    class SeveralClients {

        @AutoClose
        private final LoopbackEngine engine = new LoopbackEngine();

        @AutoClose
        private final LoopbackEngine billing = new LoopbackEngine();

        private final ApplicationContextRunner connected = application.withPropertyValues(
                "hasura.client.endpoint=" + engine.uri(),
                "hasura.client.admin-secret=s3cret",
                "hasura.client.role=user",
                "hasura.client.headers.x-gateway-key=k3y",
                "hasura.client.retry.max-attempts=2",
                "hasura.client.retry.first-backoff=0s",
                "hasura.client.clients.billing.endpoint=" + billing.uri(),
                "hasura.client.clients.order-service.endpoint=http://orders:8080",
                "hasura.client.clients.nowhere.role=user");

        @Test
        void areFoundByTheirNames() {
            connected.withUserConfiguration(Users.class).run(context -> {
                Users users = context.getBean(Users.class);
                assertThat(users.usual.endpoint().getPort())
                        .isEqualTo(engine.uri().getPort());
                assertThat(users.billing.endpoint().getPort())
                        .isEqualTo(billing.uri().getPort());
                assertThat(users.orders.endpoint()).hasHost("orders");
                assertThat(context.getBean(HasuraClient.class)).isSameAs(users.usual);
                assertThat(context.getBeanNamesForType(HasuraClient.class))
                        .containsExactlyInAnyOrder("hasuraClient", "billingHasuraClient", "orderServiceHasuraClient");
            });
        }

        @Test
        void shareTimeoutsAndRetriesButNoSecretRoleOrHeader() {
            billing.answers(503, "");

            connected.run(context -> {
                context.getBean("billingHasuraClient", HasuraClient.class)
                        .query("hello")
                        .execute();

                assertThat(billing.received()).hasSize(2);
                assertThat(billing.headers())
                        .doesNotContainKeys("X-hasura-admin-secret", "X-hasura-role", "X-gateway-key");
            });
        }

        @Test
        void haveTheirOwnSettings() {
            billing.answers(503, "");

            connected
                    .withPropertyValues(
                            "hasura.client.clients.billing.admin-secret=0ther",
                            "hasura.client.clients.billing.role=auditor",
                            "hasura.client.clients.billing.headers.x-trace=t",
                            "hasura.client.clients.billing.retry.max-attempts=1")
                    .run(context -> {
                        HasuraClient client = context.getBean("billingHasuraClient", HasuraClient.class);
                        assertThatThrownBy(() -> client.query("hello").execute())
                                .isInstanceOf(HasuraTransportException.class);

                        assertThat(billing.received()).hasSize(1);
                        assertThat(billing.headers().getFirst("x-hasura-admin-secret"))
                                .isEqualTo("0ther");
                        assertThat(billing.headers().getFirst("x-hasura-role")).isEqualTo("auditor");
                        assertThat(billing.headers().getFirst("x-trace")).isEqualTo("t");
                        assertThat(context.getBean(HasuraClientProperties.class)
                                        .clients()
                                        .toString())
                                .doesNotContain("0ther", "=t,");
                    });
        }

        @Test
        void areToldApartByCustomizersAndEndWithTheApplication() {
            AtomicReference<HasuraClient> left = new AtomicReference<>();
            connected.withUserConfiguration(Customizers.class).run(context -> {
                left.set(context.getBean("billingHasuraClient", HasuraClient.class));
                left.get().query("hello").execute();

                assertThat(billing.headers().getFirst("x-client")).isEqualTo("billing");
            });

            assertThatIllegalStateException()
                    .isThrownBy(() -> left.get().query("hello").execute());
        }

        @Test
        void doNotStandInForTheUsualOne() {
            application
                    .withPropertyValues("hasura.client.clients.billing.endpoint=" + billing.uri())
                    .withUserConfiguration(OwnClient.class)
                    .run(context -> assertThat(
                                    context.getBean(HasuraClient.class).endpoint())
                            .hasHost("own"));
        }

        @Test
        void giveWayToABeanOfYours() {
            connected
                    .withBean(
                            "billingHasuraClient",
                            HasuraClient.class,
                            () -> HasuraClient.builder()
                                    .endpoint(URI.create("http://own:1"))
                                    .build())
                    .run(context -> assertThat(context.getBean("billingHasuraClient", HasuraClient.class)
                                    .endpoint())
                            .hasHost("own"));
        }

        @Test
        void cannotBeCalledDefault() {
            application
                    .withPropertyValues("hasura.client.clients.default.endpoint=http://b:1")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                            .hasMessageContaining("choose another name"));
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Users {

        private final HasuraClient usual;
        private final HasuraClient billing;
        private final HasuraClient orders;

        Users(
                HasuraClient usual,
                @Qualifier("billing") HasuraClient billing,
                @Qualifier("order-service") HasuraClient orders) {
            this.usual = usual;
            this.billing = billing;
            this.orders = orders;
        }
    }
}
