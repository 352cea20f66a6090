package io.github.hasura4j.test.spring;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link AutoConfigureLocalHasura} on test classes; registered in {@code spring.factories}. */
final class LocalHasuraContextCustomizerFactory implements ContextCustomizerFactory {

    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> attributes) {
        AutoConfigureLocalHasura annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, AutoConfigureLocalHasura.class);
        if (annotation == null) {
            return null;
        }
        SpringBootTest test = TestContextAnnotationUtils.findMergedAnnotation(testClass, SpringBootTest.class);
        return new LocalHasuraContextCustomizer(
                LocalHasuraSettings.of(annotation), test == null ? null : test.webEnvironment());
    }
}
