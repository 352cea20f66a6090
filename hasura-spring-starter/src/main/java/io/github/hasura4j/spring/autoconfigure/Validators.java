package io.github.hasura4j.spring.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.spring.dispatch.BeanValidation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Finds the application's validator, where Bean Validation is there at all. */
final class Validators {

    /** Validators once they are made, and nobody knows when; without a provider, they cannot validate. */
    private static final Set<String> OF_SPRING_WEB = Set.of("mvcValidator", "webFluxValidator");

    private Validators() {}

    static @Nullable BeanValidation find(ListableBeanFactory beans) {
        return ClassUtils.isPresent("jakarta.validation.Validator", null) ? WithBeanValidation.find(beans) : null;
    }

    /** Not loaded where its classes are not there. */
    private static final class WithBeanValidation {

        static @Nullable BeanValidation find(ListableBeanFactory beans) {
            List<String> names = Arrays.stream(
                            BeanFactoryUtils.beanNamesForTypeIncludingAncestors(beans, Validator.class))
                    .filter(name -> !OF_SPRING_WEB.contains(name))
                    .toList();
            if (names.isEmpty()) {
                return null;
            }
            Validator validator = names.size() == 1
                    ? beans.getBean(names.get(0), Validator.class)
                    : beans.getBean(Validator.class); // The primary one, or a message that names them.
            return hasProvider(validator) ? new BeanValidation(validator) : null;
        }

        /** Spring's optional validator is a bean also where there is nothing behind it. */
        private static boolean hasProvider(Validator validator) {
            try {
                validator.getConstraintsForClass(Object.class);
                return true;
            } catch (IllegalStateException e) {
                return false;
            }
        }
    }
}
