package io.github.hasura4j.spring.dispatch;

import java.util.List;

import io.github.hasura4j.spring.HandlerParameter;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;

/** Validates the input of handlers. Whoever has none needs no class of Bean Validation. */
public final class BeanValidation {

    private final Validator validator;

    /** @param validator one that has a provider behind it */
    public BeanValidation(Validator validator) {
        this.validator = validator;
    }

    /** What there is to validate, or null if there is nothing. */
    @Nullable
    InputValidation of(
            HandlerMethod handler,
            List<HandlerParameter> parameters,
            List<PayloadBinding.Part> parts,
            WebhookJson json) {
        return InputValidation.of(validator, handler, parameters, parts, json);
    }
}
