package io.github.hasura4j.test.spring;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.boot.test.context.ReactiveWebMergedContextConfiguration;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.web.WebMergedContextConfiguration;
import org.springframework.util.ClassUtils;

/** Sets what handlers cannot go without: secrets, and where the project is. */
final class HasuraTestContextBootstrapper extends TestSliceTestContextBootstrapper<HasuraTest> {

    private static final String SERVLETS = "jakarta.servlet.Servlet";
    private static final String SPRING_WEB = "org.springframework.web.context.ConfigurableWebApplicationContext";
    private static final String WEBFLUX = "org.springframework.web.reactive.DispatcherHandler";

    static final String PROJECT = "hasura.test.project";

    /** The starter dispatches in web applications only, so that the context has to be one; nothing listens. */
    @Override
    protected MergedContextConfiguration processMergedContextConfiguration(MergedContextConfiguration given) {
        MergedContextConfiguration processed = super.processMergedContextConfiguration(given);
        ClassLoader classes = getClass().getClassLoader();
        if (ClassUtils.isPresent(SERVLETS, classes) && ClassUtils.isPresent(SPRING_WEB, classes)) {
            return new WebMergedContextConfiguration(processed, "");
        }
        return ClassUtils.isPresent(WEBFLUX, classes)
                ? new ReactiveWebMergedContextConfiguration(processed)
                : processed;
    }

    @Override
    protected String @Nullable [] getProperties(Class<?> testClass) {
        List<String> properties = new ArrayList<>();
        properties.add("hasura.webhook.secret=a-secret-of-the-test-slice");
        properties.add("hasura.webhook.auth-hook.secret=a-secret-of-the-test-slice");
        // Addresses are nothing to test without a network.
        properties.add("hasura.webhook.allowed-addresses=");
        HasuraTest annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass, HasuraTest.class);
        if (annotation != null && !annotation.project().isEmpty()) {
            properties.add(PROJECT + "=" + annotation.project());
        }
        String[] given = super.getProperties(testClass);
        if (given != null) {
            properties.addAll(List.of(given));
        }
        return properties.toArray(String[]::new);
    }
}
