package io.github.hasura4j.spring.autoconfigure;

import java.util.function.Consumer;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.spring.client.LoopbackEngine;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;

import static org.assertj.core.api.Assertions.assertThat;

/** The application as {@code process-aot} leaves it: generated, compiled and started. */
class HasuraClientAheadOfTimeTests {

    @AutoClose
    private final LoopbackEngine engine = new LoopbackEngine();

    private final TestPropertyValues properties = TestPropertyValues.of(
            "hasura.client.endpoint=" + engine.uri(),
            "hasura.client.admin-secret=s3cret",
            "hasura.client.clients.billing.endpoint=" + engine.uri(),
            "hasura.client.clients.billing.role=auditor");

    @Test
    @CompileWithForkedClassLoader
    void hasTheSameClients() {
        processed(context -> {
            Users users = context.getBean(Users.class);
            users.usual.query("hello").execute();
            assertThat(engine.headers().getFirst("x-hasura-admin-secret")).isEqualTo("s3cret");
            users.billing.query("hello").execute();
            assertThat(engine.headers().getFirst("x-hasura-role")).isEqualTo("auditor");
            assertThat(context.getBean(HasuraClient.class)).isSameAs(users.usual);
            assertThat(context.getBeansOfType(HealthContributor.class)).hasSize(1);
        });
    }

    private void processed(Consumer<GenericApplicationContext> test) {
        TestGenerationContext generation = new TestGenerationContext();
        try (AnnotationConfigApplicationContext source = new AnnotationConfigApplicationContext()) {
            properties.applyTo(source);
            source.register(Users.class);
            source.register(
                    HasuraClientAutoConfiguration.class,
                    HasuraClientObservationAutoConfiguration.class,
                    HasuraHealthContributorAutoConfiguration.class);
            new ApplicationContextAotGenerator().processAheadOfTime(source, generation);
            generation.writeGeneratedContent();
        }
        TestCompiler.forSystem().with(generation).compile(compiled -> {
            try (GenericApplicationContext context = new GenericApplicationContext()) {
                properties.applyTo(context);
                @SuppressWarnings("unchecked")
                ApplicationContextInitializer<GenericApplicationContext> initializer =
                        compiled.getInstance(ApplicationContextInitializer.class);
                initializer.initialize(context);
                context.refresh();
                test.accept(context);
            }
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Users {

        private final HasuraClient usual;
        private final HasuraClient billing;

        Users(HasuraClient usual, @Qualifier("billing") HasuraClient billing) {
            this.usual = usual;
            this.billing = billing;
        }
    }
}
