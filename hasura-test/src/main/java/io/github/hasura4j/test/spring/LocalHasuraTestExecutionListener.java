package io.github.hasura4j.test.spring;

import java.util.function.Consumer;

import io.github.hasura4j.test.spring.AutoConfigureLocalHasura.CleanData;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Gives the application of each test its turn with the engine, and clean data; registered in {@code spring.factories}. */
final class LocalHasuraTestExecutionListener extends AbstractTestExecutionListener {

    /** After dependency injection, and before transactions and {@code @Sql} scripts. */
    @Override
    public int getOrder() {
        return 2500;
    }

    @Override
    public void beforeTestClass(TestContext test) {
        prepare(test, CleanData.BEFORE_CLASS);
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        prepare(test, CleanData.BEFORE_EACH_TEST);
    }

    private static void prepare(TestContext test, CleanData moment) {
        AutoConfigureLocalHasura annotation =
                TestContextAnnotationUtils.findMergedAnnotation(test.getTestClass(), AutoConfigureLocalHasura.class);
        if (annotation != null) {
            CleanData wanted = annotation.cleanData();
            withApplication(test, application -> {
                if (wanted == moment) {
                    application.cleanData();
                }
                application.takeTurn();
            });
        }
    }

    private static void withApplication(TestContext test, Consumer<TestedApplication> what) {
        test.getApplicationContext().getBeanProvider(TestedApplication.class).ifAvailable(what);
    }
}
