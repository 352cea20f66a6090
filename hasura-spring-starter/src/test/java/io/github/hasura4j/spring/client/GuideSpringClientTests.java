package io.github.hasura4j.spring.client;

import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.autoconfigure.HasuraClientAutoConfiguration;
import io.github.hasura4j.spring.autoconfigure.HasuraClientObservationAutoConfiguration;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The clients of a Spring application as the guide shows them. */
class GuideSpringClientTests {

    @AutoClose
    private final LoopbackEngine engine = new LoopbackEngine();

    private final TestObservationRegistry registry = TestObservationRegistry.create();

    @Configuration(proxyBeanMethods = false)
    static class Customizing {

        // tag::customizer[]
        @Bean
        HasuraClientCustomizer packedAnswers() {
            return (client, builder) -> builder.compression(true).maxAnswerSize(16 * 1024 * 1024);
        }
        // end::customizer[]

        // tag::convention[]
        @Bean
        HasuraClientObservationConvention regions() {
            return new HasuraClientObservationConvention() {
                @Override
                public KeyValues getLowCardinalityKeyValues(HasuraClientObservationContext context) {
                    return HasuraClientObservationConvention.super
                            .getLowCardinalityKeyValues(context)
                            .and(KeyValue.of("region", "eu"));
                }
            };
        }
        // end::convention[]
    }

    @Test
    void areSeveralAndCustomizedAndObserved() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HasuraClientAutoConfiguration.class, HasuraClientObservationAutoConfiguration.class))
                .withBean(ObservationRegistry.class, () -> registry)
                .withUserConfiguration(Customizing.class)
                .withBean(Invoices.class)
                .withPropertyValues(
                        "hasura.client.endpoint=" + engine.uri(),
                        "hasura.client.clients.billing.endpoint=" + engine.uri())
                .run(context -> {
                    assertThat(context.getBean(Invoices.class).both()).containsExactly("hi", "hi");
                    assertThat(engine.headers().getFirst("Accept-Encoding")).isEqualTo("gzip");
                    assertThat(registry)
                            .hasNumberOfObservationsWithNameEqualTo("hasura.client.operation", 2)
                            .hasAnObservationWithAKeyValue("region", "eu")
                            .hasAnObservationWithAKeyValue("client", "billing");
                });
    }
}

// tag::several[]
@Component
class Invoices {

    private final HasuraClient hasura;
    private final HasuraClient billing;

    Invoices(HasuraClient hasura, @Qualifier("billing") HasuraClient billing) {
        this.hasura = hasura;
        this.billing = billing;
    }
    // end::several[]

    List<String> both() {
        return List.of(
                hasura.query("hello").execute().row(String.class).orElseThrow(),
                billing.query("hello").execute().row(String.class).orElseThrow());
    }
    // tag::several[]
}
// end::several[]
