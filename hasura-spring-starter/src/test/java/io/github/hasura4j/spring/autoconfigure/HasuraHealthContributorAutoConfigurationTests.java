package io.github.hasura4j.spring.autoconfigure;

import java.util.Map;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.client.LoopbackEngine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class HasuraHealthContributorAutoConfigurationTests {

    @AutoClose
    private final LoopbackEngine engine = new LoopbackEngine();

    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HasuraHealthContributorAutoConfiguration.class, HasuraClientAutoConfiguration.class))
            .withPropertyValues("hasura.client.endpoint=" + engine.uri(), "hasura.client.admin-secret=s3cret");

    private void tells(Health expected) {
        application.run(context -> {
            Health health = context.getBean("hasuraHealthContributor", HealthIndicator.class)
                    .health();
            assertThat(health).isEqualTo(expected);
            assertThat(engine.received()).singleElement().satisfies(request -> {
                assertThat(request.path()).isEqualTo("/healthz");
                assertThat(request.headers()).doesNotContainKey("X-hasura-admin-secret");
            });
        });
    }

    @Test
    void isUpWithTheEngine() {
        engine.answers(200, "OK");

        tells(Health.up().build());
    }

    @Test
    void isUpWithInconsistentMetadataAndSaysSo() {
        engine.answers(200, "WARN: inconsistent objects in schema");

        tells(Health.up().withDetail("metadata", "inconsistent").build());
    }

    @Test
    void isDownWithTheEnginesDatabase() {
        engine.answers(500, "ERROR");

        tells(Health.down()
                .withDetail("reason", "The engine cannot reach the database of its metadata")
                .build());
    }

    @Test
    void isDownIfNoEngineAnswers() {
        engine.answers(200, "<html>hunter2</html>");

        application.run(context -> {
            Health health = context.getBean("hasuraHealthContributor", HealthIndicator.class)
                    .health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("error"))
                    .asString()
                    .contains("HasuraTransportException", "/healthz")
                    .doesNotContain("hunter2", "s3cret");
        });
    }

    @Test
    void hasOneForEachClient() {
        engine.answers(200, "OK").answers(200, "OK");

        application
                .withPropertyValues("hasura.client.clients.billing.endpoint=" + engine.uri())
                .run(context -> {
                    CompositeHealthContributor all =
                            context.getBean("hasuraHealthContributor", CompositeHealthContributor.class);
                    assertThat(all.stream().map(each -> each.name()))
                            .containsExactlyInAnyOrder("hasuraClient", "billingHasuraClient");
                    assertThat(all.stream()
                                    .map(each -> ((HealthIndicator) each.contributor())
                                            .health()
                                            .getStatus()))
                            .containsOnly(Status.UP);
                });
    }

    @Test
    void isThereForNamedClientsOnly() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HasuraHealthContributorAutoConfiguration.class, HasuraClientAutoConfiguration.class))
                .withPropertyValues("hasura.client.clients.billing.endpoint=" + engine.uri())
                .run(context ->
                        assertThat(context).doesNotHaveBean("hasuraClient").hasBean("hasuraHealthContributor"));
    }

    @Test
    void isNotThereIfNobodyWantsIt() {
        application
                .withPropertyValues("management.health.hasura.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
        application
                .withPropertyValues("management.health.defaults.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthContributor.class));
    }

    @Test
    void isNotThereWithoutAClient() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HasuraHealthContributorAutoConfiguration.class, HasuraClientAutoConfiguration.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HealthContributor.class));
    }

    /** As Boot does it: what a class path does not have is sorted out before anything is loaded. */
    @Test
    void isNotThereWithoutTheHealthModule() {
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("hasura.client.endpoint=" + engine.uri())
                .withClassLoader(new FilteredClassLoader("org.springframework.boot.health", "io.micrometer"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(HasuraClient.class)
                        .doesNotHaveBean("hasuraHealthContributor")
                        .doesNotHaveBean("hasuraClientObservation"));
        new ApplicationContextRunner()
                .withUserConfiguration(Application.class)
                .withPropertyValues("hasura.client.endpoint=" + engine.uri())
                .run(context ->
                        assertThat(context).hasBean("hasuraHealthContributor").hasBean("hasuraClientObservation"));
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration({
        HasuraClientAutoConfiguration.class,
        HasuraClientObservationAutoConfiguration.class,
        HasuraHealthContributorAutoConfiguration.class
    })
    static class Application {}

    @Test
    void backsOffForOneOfYours() {
        application
                .withUserConfiguration(OwnIndicator.class)
                .run(context -> assertThat(context.getBeansOfType(HealthContributor.class))
                        .isEqualTo(Map.of("hasuraHealthIndicator", context.getBean("hasuraHealthIndicator"))));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnIndicator {

        @Bean
        HealthIndicator hasuraHealthIndicator() {
            return () -> Health.up().build();
        }
    }
}
