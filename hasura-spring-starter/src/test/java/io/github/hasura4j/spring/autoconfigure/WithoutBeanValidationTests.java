package io.github.hasura4j.spring.autoconfigure;

import java.io.File;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.dispatch.HandlerMethod;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import jakarta.validation.constraints.NotBlank;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.context.reactive.AnnotationConfigReactiveWebApplicationContext;
import org.springframework.boot.web.context.servlet.AnnotationConfigServletWebApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockServletContext;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whoever validates nothing needs no provider of Bean Validation, nor its classes. Every application here has a class path of its
 * own: hidden from one class loader, classes would still be seen by those that refer to them.
 */
class WithoutBeanValidationTests {

    private static final List<String> NOT_NEEDED =
            List.of("modulith", "jdbc", "security", "graphql", "actuator", "spring-boot-micrometer");
    private static final List<String> SERVLETS = List.of("webmvc", "tomcat", "servlet");

    record Place(String note) {}

    static class Unconstrained {

        @HasuraAction
        String placeOrder(Place place) {
            return place.note();
        }
    }

    static class Constrained {

        @HasuraAction
        String placeOrder(@NotBlank String note) {
            return note;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    /** Loaded once for each class path. Calls with the name of the handler's class, and answers its handlers. */
    public static final class Start implements UnaryOperator<String> {

        @Override
        public String apply(String handlers) {
            boolean servlets = ClassUtils.isPresent("org.springframework.web.servlet.DispatcherServlet", null);
            try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                            Application.class, ClassUtils.resolveClassName(handlers, null))
                    .web(servlets ? WebApplicationType.SERVLET : WebApplicationType.REACTIVE)
                    .contextFactory(
                            type -> servlets ? Servlets.context() : new AnnotationConfigReactiveWebApplicationContext())
                    .properties("hasura.webhook.secret=s3cret", "spring.main.banner-mode=off")
                    .run()) {
                return context.getBean(HandlerRegistry.class).handlers().stream()
                        .map(HandlerMethod::name)
                        .collect(Collectors.joining());
            }
        }
    }

    private static final class Servlets {

        /** Without a server: Tomcat starts in one class loader of a JVM only. */
        static ConfigurableApplicationContext context() {
            var context = new AnnotationConfigServletWebApplicationContext();
            context.setServletContext(new MockServletContext());
            return context;
        }
    }

    static Stream<Arguments> classPaths() {
        return Stream.of(
                        List.of("hibernate-validator"),
                        List.of("hibernate-validator", "spring-boot-validation"),
                        List.of("spring-boot-validation"),
                        List.of("hibernate-validator", "spring-boot-validation", "jakarta.validation-api"))
                .flatMap(without -> Stream.of(Arguments.of(true, without), Arguments.of(false, without)));
    }

    @ParameterizedTest(name = "servlets: {0}, without {1}")
    @MethodSource("classPaths")
    void startsWithHandlersThatHaveNoConstraints(boolean servlets, List<String> without) throws Exception {
        assertThat(start(servlets, without, Unconstrained.class)).isEqualTo("placeOrder");
    }

    @ParameterizedTest(name = "servlets: {0}")
    @ValueSource(booleans = {true, false})
    void refusesHandlersWhoseConstraintsNobodyWouldCheck(boolean servlets) {
        assertThatThrownBy(() ->
                        start(servlets, List.of("hibernate-validator", "spring-boot-validation"), Constrained.class))
                .hasMessageContaining("relies on @NotBlank")
                .hasMessageEndingWith("there is no Bean Validation provider. Add spring-boot-starter-validation");
    }

    private static String start(boolean servlets, List<String> without, Class<?> handlers) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader less =
                new URLClassLoader(classPath(servlets, without), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(less);
            @SuppressWarnings("unchecked")
            var start = (UnaryOperator<String>) less.loadClass(Start.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            return start.apply(handlers.getName());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static URL[] classPath(boolean servlets, List<String> without) {
        List<String> hidden = Stream.of(NOT_NEEDED, servlets ? List.of("webflux") : SERVLETS, without)
                .flatMap(List::stream)
                .toList();
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(entry -> hidden.stream().noneMatch(entry.getName()::contains))
                .map(WithoutBeanValidationTests::url)
                .toArray(URL[]::new);
    }

    private static URL url(File file) {
        try {
            return file.toURI().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
