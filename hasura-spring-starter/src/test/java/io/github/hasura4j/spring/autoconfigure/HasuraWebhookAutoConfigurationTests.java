package io.github.hasura4j.spring.autoconfigure;

import java.io.ByteArrayInputStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.hasura4j.spring.ActionArgument;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraValidation;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookInterceptor;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.HandlerMethod;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import io.github.hasura4j.spring.dispatch.MissingSecretException;
import io.github.hasura4j.spring.dispatch.WebhookDispatcher;
import io.github.hasura4j.spring.dispatch.WebhookRequest;
import io.github.hasura4j.spring.dispatch.WebhookResponse;
import io.github.hasura4j.spring.dispatch.WebhookSettings;
import io.github.hasura4j.spring.web.WebhookHandlerMapping;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.util.ServletRequestPathUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class HasuraWebhookAutoConfigurationTests {

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    HasuraWebhookAutoConfiguration.class,
                    HasuraWebMvcAutoConfiguration.class,
                    JacksonAutoConfiguration.class,
                    ValidationAutoConfiguration.class));

    private final WebApplicationContextRunner secured =
            application.withPropertyValues("hasura.webhook.secret=s3cret").withUserConfiguration(Greeter.class);

    @Test
    void contributesADispatcherAndItsRoutes() {
        secured.run(context -> {
            assertThat(context)
                    .hasSingleBean(WebhookDispatcher.class)
                    .hasSingleBean(WebhookHandlerMapping.class)
                    .hasBean("hasuraWebhookRoutes");
            assertThat(context.getBean(HandlerRegistry.class).handlers())
                    .extracting(HandlerMethod::name)
                    .containsExactly("greet");
            assertThat(greet(context, "X-Webhook-Secret", "s3cret")).isEqualTo("\"hello Ada\"");
        });
    }

    @Test
    void contributesNothingOutsideOfWebApplications() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        HasuraWebhookAutoConfiguration.class, HasuraWebMvcAutoConfiguration.class))
                .withUserConfiguration(Greeter.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookDispatcher.class));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void warnsWhereNothingReachesTheHandlers(CapturedOutput output) {
        String warning = "Found 1 handler(s) for Hasura, but nothing reaches them";
        AutoConfigurations all = AutoConfigurations.of(
                HasuraWebhookAutoConfiguration.class,
                HasuraWebMvcAutoConfiguration.class,
                HasuraUnreachableHandlersAutoConfiguration.class);

        secured.withConfiguration(all).run(context -> assertThat(output).doesNotContain(warning));
        new ApplicationContextRunner()
                .withConfiguration(all)
                .run(context -> assertThat(output).doesNotContain("nothing reaches them"));
        new ApplicationContextRunner()
                .withConfiguration(all)
                .withUserConfiguration(Greeter.class)
                .run(context -> assertThat(output).containsOnlyOnce(warning));
        new ReactiveWebApplicationContextRunner()
                .withConfiguration(all)
                .withPropertyValues("hasura.webhook.secret=s3cret")
                .withUserConfiguration(Unconstrained.class)
                .run(context -> assertThat(output.toString().split(Pattern.quote(warning)))
                        .hasSize(3));
    }

    @Test
    void doesWithoutAMapperIfItCannotChoose() {
        new WebApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(HasuraWebhookAutoConfiguration.class))
                .withPropertyValues("hasura.webhook.secret=s3cret")
                .withUserConfiguration(Unconstrained.class, HasuraClientAutoConfigurationTests.TwoMappers.class)
                .run(context -> assertThat(greetWith(context, "Ada")).isEqualTo("\"hello Ada\""));
    }

    @Test
    void contributesNoRoutesWithoutSpringMvc() {
        secured.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .run(context -> assertThat(context).doesNotHaveBean("hasuraWebhookRoutes"));
    }

    @Test
    void backsOffForADispatcherOfYours() {
        secured.withUserConfiguration(OwnDispatcher.class).run(context -> {
            assertThat(context).hasSingleBean(WebhookDispatcher.class);
            assertThat(greet(context, "X-Own", "own")).isEqualTo("\"hello Ada\"");
        });
    }

    @Test
    void validatesIfThereIsAValidator() {
        secured.run(context -> assertThat(greetWith(context, "")).contains("validation-failed"));
    }

    @Nested
    class WithoutAValidator {

        private final WebApplicationContextRunner unvalidated = new WebApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(HasuraWebhookAutoConfiguration.class, JacksonAutoConfiguration.class))
                .withPropertyValues("hasura.webhook.secret=s3cret");

        @Test
        void handlersWorkThatHaveNoConstraints() {
            unvalidated
                    .withUserConfiguration(Unconstrained.class)
                    .run(context -> assertThat(greetWith(context, "")).isEqualTo("\"hello \""));
        }

        @ParameterizedTest
        @CsvSource({
            "Greeter, greet, @NotBlank",
            "ConstrainedRecord, greet, @NotBlank",
            "ConstrainedGetter, greet, @NotBlank",
            "ConstrainedElements, greet, @Email",
            "ConstrainedBelow, greet, @Positive",
            "ConstrainedRows, insertUser, @NotBlank",
            "CascadedRow, newUser, @Valid",
            "ValidatedRow, newUser, @Validated"
        })
        void handlersThatRelyOnConstraintsStopTheStart(String handler, String method, String constraint)
                throws ClassNotFoundException {
            String here = HasuraWebhookAutoConfigurationTests.class.getName() + "$";
            unvalidated
                    .withUserConfiguration(Class.forName(here + handler))
                    .run(context -> assertThat(context)
                            .getFailure()
                            .isInstanceOf(InvalidHandlerException.class)
                            .hasMessageStartingWith(here + handler + "." + method + "(")
                            .hasMessageEndingWith(" relies on " + constraint
                                    + ", which nobody checks: there is no Bean Validation provider. Add"
                                    + " spring-boot-starter-validation"));
        }

        @Test
        void rowsMayHaveConstraintsThatNobodyAskedFor() {
            unvalidated
                    .withUserConfiguration(UncheckedRow.class)
                    .run(context -> assertThat(context).hasNotFailed());
        }
    }

    @Test
    void usesInterceptorsInTheirOrderAndResolvers() {
        secured.withUserConfiguration(Extensions.class)
                .run(context -> assertThat(greet(context, "X-Webhook-Secret", "s3cret"))
                        .isEqualTo("\"first(second(hello Ada))\""));
    }

    @Nested
    class Properties {

        @Test
        void nameTheHeaderAndSeveralSecrets() {
            application
                    .withPropertyValues(
                            "hasura.webhook.header=X-Own", "hasura.webhook.secrets[0]=a", "hasura.webhook.secret=b")
                    .withUserConfiguration(Greeter.class)
                    .run(context -> {
                        assertThat(greet(context, "X-Own", "a")).isEqualTo("\"hello Ada\"");
                        assertThat(greet(context, "x-own", "b")).isEqualTo("\"hello Ada\"");
                        assertThat(greet(context, "X-Webhook-Secret", "a")).contains("unauthenticated");
                    });
        }

        @Test
        void setThePaths() {
            secured.withPropertyValues("hasura.webhook.actions.path=/a", "hasura.webhook.events.path=/b/")
                    .run(context -> {
                        assertThat(routed(context, "/a")).isTrue();
                        assertThat(routed(context, "/a/greet")).isTrue();
                        assertThat(routed(context, "/b")).isTrue();
                        assertThat(routed(context, "/b/newUser")).isTrue();
                        assertThat(routed(context, "/hasura/actions")).isFalse();
                        assertThat(routed(context, "/hasura/events/newUser")).isFalse();
                        assertThat(urlPatterns(context))
                                .containsExactly(
                                        "/a/*",
                                        "/b/*",
                                        "/hasura/scheduled/*",
                                        "/hasura/validations/*",
                                        "/hasura/auth-hook/*");
                    });
        }

        @Test
        void setPathsWithoutALeadingSlashToo() {
            secured.withPropertyValues("hasura.webhook.actions.path=a/b").run(context -> {
                assertThat(routed(context, "/a/b/greet")).isTrue();
                assertThat(urlPatterns(context)).startsWith("/a/b/*", "/hasura/events/*");
            });
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "\"\"|/e|hasura.webhook.actions.path|is empty",
                    "/|/e|hasura.webhook.actions.path|is empty",
                    "/a|//|hasura.webhook.events.path|is empty",
                    "/a/{x}|/e|hasura.webhook.actions.path|pattern",
                    "/a/*|/e|hasura.webhook.actions.path|pattern",
                    "/a|a/|hasura.webhook.events.path|hasura.webhook.actions.path",
                    "/a|/a/e|hasura.webhook.events.path|hasura.webhook.actions.path",
                    "/h/a|/h|hasura.webhook.events.path|hasura.webhook.actions.path"
                })
        void refusePathsThatCannotWork(String actions, String events, String property, String reason) {
            secured.withPropertyValues("hasura.webhook.actions.path=" + actions, "hasura.webhook.events.path=" + events)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                                assertThat(e.getName()).isEqualTo(property);
                                assertThat(e.getReason()).contains(reason);
                            }));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-1KB"})
        void refuseALimitThatLetsNothingThrough(String limit) {
            secured.withPropertyValues("hasura.webhook.max-body-size=" + limit)
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, e -> {
                                assertThat(e.getName()).isEqualTo("hasura.webhook.max-body-size");
                                assertThat(e.getReason()).contains("10MB");
                            }));
        }

        private static Collection<String> urlPatterns(ApplicationContext context) {
            FilterRegistrationBean<?> filter = context.getBean(FilterRegistrationBean.class);
            return filter.getUrlPatterns();
        }

        private static boolean routed(ApplicationContext context, String path) {
            MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
            ServletRequestPathUtils.parseAndCache(request);
            try {
                return context.getBean(WebhookHandlerMapping.class).getHandler(request) != null;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void setTheLimit() {
            secured.withPropertyValues("hasura.webhook.max-body-size=10B")
                    .run(context -> assertThat(greet(context, "X-Webhook-Secret", "s3cret"))
                            .contains("payload-too-large"));
        }

        @Test
        void openUpForPlaying() {
            application
                    .withPropertyValues("hasura.webhook.allow-unauthenticated=true")
                    .withUserConfiguration(Greeter.class)
                    .run(context -> assertThat(greet(context, "X-Any", "thing")).isEqualTo("\"hello Ada\""));
        }

        @Test
        void doNotShowSecrets() {
            secured.run(context -> assertThat(context.getBean(HasuraWebhookProperties.class))
                    .asString()
                    .doesNotContain("s3cret"));
        }
    }

    @Nested
    class StartUp {

        @Test
        void failsWithoutASecret() {
            application.withUserConfiguration(Greeter.class).run(context -> {
                assertThat(context).hasFailed();
                FailureAnalysis analysis = new MissingSecretFailureAnalyzer().analyze(context.getStartupFailure());
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription()).isEqualTo("""
                                Found 1 handler(s) for Hasura but no webhook secret, so anybody could call them in anybody's \
                                name.""");
                assertThat(analysis.getAction())
                        .contains("hasura.webhook.secret ")
                        .contains("hasura.webhook.allow-unauthenticated=true");
                assertThat(context.getStartupFailure()).isInstanceOf(MissingSecretException.class);
            });
        }

        @ParameterizedTest
        @CsvSource({
            "hasura.webhook.secret, ${NOT_SET_HERE}",
            "hasura.webhook.secret, pre-${NOT_SET_HERE}-post",
            "hasura.webhook.secret, ${NOR_HERE:${NOT_SET_HERE}}",
            "hasura.webhook.secrets, 'first,${NOT_SET_HERE}'",
            "hasura.webhook.events.secret, ${NOT_SET_HERE}",
            "hasura.webhook.auth-hook.secrets, ${NOT_SET_HERE}"
        })
        void failsForASecretThatRefersToNothing(String property, String value) {
            application
                    .withPropertyValues(property + "=" + value)
                    .withUserConfiguration(Greeter.class)
                    .run(context -> {
                        FailureAnalysis analysis =
                                new UnresolvedSecretFailureAnalyzer().analyze(context.getStartupFailure());
                        assertThat(analysis).isNotNull();
                        assertThat(analysis.getDescription())
                                .isEqualTo(
                                        "The property " + property + " refers to ${NOT_SET_HERE}, which is not set.");
                        assertThat(analysis.getAction()).startsWith("Set the environment variable NOT_SET_HERE");
                    });
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void saysSoToWhoeverStartsTheApplicationWithoutShowingMore(CapturedOutput output) {
            assertThatThrownBy(() -> new SpringApplicationBuilder(WholeApplication.class)
                            .run(
                                    "--server.port=0",
                                    "--spring.main.banner-mode=off",
                                    "--hasura.webhook.secret=s3cret-${NOT_SET_HERE}"))
                    .isInstanceOf(RuntimeException.class);
            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("The property hasura.webhook.secret refers to ${NOT_SET_HERE}, which is not set.")
                    .doesNotContain("s3cret");
        }

        @Test
        @ExtendWith(OutputCaptureExtension.class)
        void saysSoToWhoeverStartsTheApplication(CapturedOutput output) {
            assertThatThrownBy(() -> new SpringApplicationBuilder(WholeApplication.class)
                            .run("--server.port=0", "--spring.main.banner-mode=off"))
                    .isInstanceOf(MissingSecretException.class);
            assertThat(output).contains("APPLICATION FAILED TO START").contains("Set hasura.webhook.secret ");
        }

        @Test
        void failsWithABlankSecret() {
            application
                    .withPropertyValues("hasura.webhook.secret= ")
                    .withUserConfiguration(Greeter.class)
                    .run(context -> assertThat(context).hasFailed());
        }

        @Test
        void doesNotNeedASecretWithoutHandlers() {
            application.run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void failsForAHandlerThatCannotWork() {
            secured.withUserConfiguration(Broken.class).run(context -> {
                assertThat(context).hasFailed();
                assertThat(context.getStartupFailure()).isInstanceOf(InvalidHandlerException.class);
                assertThat(new InvalidHandlerFailureAnalyzer()
                                .analyze(context.getStartupFailure())
                                .getDescription())
                        .endsWith(
                                "Broken.hidden() is private, so no proxy of its bean can pass a call on. Remove 'private'.");
            });
        }

        @Test
        void failsForItWhenBeansAreLazyToo() {
            secured.withUserConfiguration(Broken.class)
                    .withInitializer(context ->
                            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                    .run(context -> assertThat(context).hasFailed());
        }
    }

    private static String greet(ApplicationContext context, String header, String value) {
        return send(context, WebhookHeaders.of(Map.of(header, value)), "Ada");
    }

    private static String greetWith(ApplicationContext context, String name) {
        return send(context, WebhookHeaders.of(Map.of("X-Webhook-Secret", "s3cret")), name);
    }

    private static String send(ApplicationContext context, WebhookHeaders headers, String name) {
        WebhookResponse response = context.getBean(WebhookDispatcher.class)
                .dispatch(new WebhookRequest(
                        WebhookKind.ACTION,
                        "POST",
                        "greet",
                        headers,
                        null,
                        new ByteArrayInputStream("{\"input\": {\"name\": \"%s\"}}"
                                .formatted(name)
                                .getBytes())))
                .toCompletableFuture()
                .join();
        return new String(response.body());
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Greeter.class)
    static class WholeApplication {}

    static class Greeter {

        @HasuraAction
        String greet(@NotBlank String name) {
            return "hello " + name;
        }
    }

    static class Unconstrained {

        @HasuraAction
        String greet(String name) {
            return "hello " + name;
        }
    }

    static class ConstrainedRecord {

        record Input(@NotBlank String name) {}

        @HasuraAction
        String greet(Input input) {
            return "hello " + input.name();
        }
    }

    static class ConstrainedGetter {

        static class Base {

            @NotBlank
            public String getName() {
                return "";
            }
        }

        static class Input extends Base {}

        @HasuraAction
        void greet(Input input) {}
    }

    static class ConstrainedElements {

        @HasuraAction
        void greet(List<@Email String> addresses) {}
    }

    static class ConstrainedBelow {

        record Line(List<Map<String, @Positive Integer>> amounts) {}

        @HasuraAction
        void greet(@ActionArgument("lines") List<Line> lines) {}
    }

    static class ConstrainedRows {

        @HasuraValidation
        void insertUser(List<ConstrainedRecord.Input> rows) {}
    }

    static class CascadedRow {

        @HasuraEvent
        void newUser(@Valid ConstrainedRecord.Input row) {}
    }

    static class ValidatedRow {

        @HasuraEvent
        void newUser(@Validated ConstrainedRecord.Input row) {}
    }

    static class UncheckedRow {

        @HasuraEvent
        void newUser(ConstrainedRecord.Input row) {}
    }

    static class Broken {

        @HasuraAction
        private void hidden() {}
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDispatcher {

        @Bean
        WebhookDispatcher own(HandlerRegistry handlers) {
            return new WebhookDispatcher(
                    handlers, new WebhookSettings("X-Own", List.of("own"), false, 1000), List.of());
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Extensions {

        @Bean
        @Order(2)
        WebhookInterceptor second() {
            return (call, chain) -> "second(" + chain.proceed() + ")";
        }

        @Bean
        @Order(1)
        WebhookInterceptor first() {
            return (call, chain) -> "first(" + chain.proceed() + ")";
        }

        @Bean
        HandlerArgumentResolver threads() {
            return parameter -> parameter.rawType() == Thread.class ? call -> Thread.currentThread() : null;
        }

        @HasuraAction
        void run(Thread thread) {}
    }
}
