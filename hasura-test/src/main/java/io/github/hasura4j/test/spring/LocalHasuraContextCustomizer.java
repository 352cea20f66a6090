package io.github.hasura4j.test.spring;

import io.github.hasura4j.test.LocalHasuraException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the engine before the context, and makes the two known to each other.
 *
 * @param settings what the annotation says
 * @param web the web environment of the test; null if it is no {@code @SpringBootTest}
 */
record LocalHasuraContextCustomizer(
        LocalHasuraSettings settings, @Nullable WebEnvironment web) implements ContextCustomizer {

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration merged) {
        if (web == null || !web.isEmbedded()) {
            throw new LocalHasuraException(
                    "@AutoConfigureLocalHasura needs a web server that the engine can call, but %s has %s. Change it to @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)"
                            .formatted(
                                    merged.getTestClass().getSimpleName(),
                                    web == null ? "no @SpringBootTest" : "webEnvironment = " + web),
                    null);
        }
        ConfigurableEnvironment environment = context.getEnvironment();
        EngineDescription description = EngineDescription.of(settings, environment);
        SharedEngine shared = SharedEngine.of(description);
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("localHasura", description.properties(environment, shared.engine())));
        context.getBeanFactory().registerSingleton("localHasura", shared.engine());
        context.getBeanFactory()
                .registerSingleton(TestedApplication.class.getName(), new TestedApplication(shared, environment));
    }
}
