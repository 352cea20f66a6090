package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.HasuraClient;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

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
}
