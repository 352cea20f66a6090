package io.github.hasura4j.spring.dispatch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.PayloadBinding.Part;
import io.github.hasura4j.spring.dispatch.Refusal.Violation;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Validates input before a handler sees it: values whose type carries constraints, and the constraints on the handler's own
 * parameters. Paths are told in JSON's names.
 */
final class InputValidation {

    private final Validator validator;
    private final HandlerMethod handler;
    private final List<Part> parts;
    private final List<Part> constrained;
    private final boolean parameters;
    private final WebhookJson json;

    private InputValidation(
            Validator validator,
            HandlerMethod handler,
            List<Part> parts,
            List<Part> constrained,
            boolean parameters,
            WebhookJson json) {
        this.validator = validator;
        this.handler = handler;
        this.parts = parts;
        this.constrained = constrained;
        this.parameters = parameters;
        this.json = json;
    }

    /** What there is to validate, or null if there is nothing. */
    static @Nullable InputValidation of(
            Validator validator, HandlerMethod handler, List<Part> parts, WebhookJson json) {
        List<Part> constrained = handler.kind() == WebhookKind.ACTION
                ? parts.stream()
                        .filter(part -> !part.type().isPrimitive())
                        .filter(part -> validator
                                .getConstraintsForClass(part.type().getRawClass())
                                .isBeanConstrained())
                        .toList()
                : List.of();
        boolean parameters = false;
        MethodDescriptor method = validator
                .getConstraintsForClass(handler.beanType())
                .getConstraintsForMethod(
                        handler.method().getName(), handler.method().getParameterTypes());
        if (method != null && method.hasConstrainedParameters()) {
            for (ParameterDescriptor parameter : method.getParameterDescriptors()) {
                boolean alreadyCascaded =
                        constrained.stream().anyMatch(part -> part.parameter() == parameter.getIndex());
                parameters |= parameter.hasConstraints()
                        || !parameter.getConstrainedContainerElementTypes().isEmpty()
                        || parameter.isCascaded() && !alreadyCascaded;
            }
            parameters |= method.getCrossParameterDescriptor().hasConstraints();
        }
        return constrained.isEmpty() && !parameters
                ? null
                : new InputValidation(validator, handler, parts, constrained, parameters, json);
    }

    void check(WebhookCall call, Object bean, @Nullable Object[] arguments) {
        Set<Violation> violations = new LinkedHashSet<>();
        for (Part part : constrained) {
            Object value = part.value().apply(call);
            if (value != null) {
                for (ConstraintViolation<Object> violation : validator.validate(value)) {
                    violations.add(new Violation(
                            path(violation.getPropertyPath().iterator(), part.type(), part.path()),
                            violation.getMessage()));
                }
            }
        }
        if (parameters) {
            for (ConstraintViolation<Object> violation :
                    validator.forExecutables().validateParameters(target(bean), handler.method(), arguments)) {
                violations.add(new Violation(parameterPath(violation.getPropertyPath()), violation.getMessage()));
            }
        }
        if (!violations.isEmpty()) {
            List<Violation> sorted = new ArrayList<>(violations);
            sorted.sort(Comparator.comparing(Violation::path).thenComparing(Violation::message));
            throw Refusal.invalid(sorted);
        }
    }

    /** The object that has the method: for a JDK proxy what is behind it. */
    private Object target(Object bean) {
        if (handler.method().getDeclaringClass().isInstance(bean)) {
            return bean;
        }
        Object target = AopProxyUtils.getSingletonTarget(bean);
        return target == null ? bean : target;
    }

    private String parameterPath(Path path) {
        Iterator<Path.Node> nodes = path.iterator();
        nodes.next();
        Path.Node node = nodes.hasNext() ? nodes.next() : null;
        if (node == null || node.getKind() != ElementKind.PARAMETER) {
            return "";
        }
        int index = node.as(Path.ParameterNode.class).getParameterIndex();
        for (Part part : parts) {
            if (part.parameter() == index) {
                return path(nodes, part.type(), part.path());
            }
        }
        return path(nodes, null, node.getName());
    }

    private String path(Iterator<Path.Node> nodes, @Nullable JavaType start, String prefix) {
        StringBuilder path = new StringBuilder(prefix);
        JavaType type = start;
        while (nodes.hasNext()) {
            Path.Node node = nodes.next();
            if (node.isInIterable()) {
                Object at = node.getIndex() == null ? node.getKey() : node.getIndex();
                path.append('[').append(at == null ? "" : at).append(']');
                type = type == null ? null : type.getContentType();
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                BeanPropertyDefinition property = type == null ? null : json.property(type, node.getName());
                if (!path.isEmpty()) {
                    path.append('.');
                }
                path.append(property == null ? node.getName() : property.getName());
                type = property == null ? null : property.getPrimaryType();
            }
        }
        return path.toString();
    }
}
