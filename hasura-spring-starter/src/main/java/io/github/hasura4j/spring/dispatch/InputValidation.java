package io.github.hasura4j.spring.dispatch;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.spring.HandlerParameter;
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
import org.springframework.beans.BeanUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.validation.annotation.Validated;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.introspect.BeanPropertyDefinition;

/**
 * Validates input before a handler sees it: values whose class carries constraints, be they elements of containers, and the
 * constraints on the handler's own parameters. Rows of events and payloads of schedules only where {@code @Valid} or {@code
 * @Validated} asks for it. Groups
 * are those of {@code @Validated} on the parameter, the method or the bean's class. Paths are told in JSON's names.
 */
final class InputValidation {

    private static final int CROSS_PARAMETER = -1;

    private final Validator validator;
    private final HandlerMethod handler;
    private final List<Part> parts;
    private final List<Part> values;
    private final Map<List<Class<?>>, Set<Integer>> parametersByGroups;
    private final Groups groups;
    private final WebhookJson json;

    private InputValidation(
            Validator validator,
            HandlerMethod handler,
            List<Part> parts,
            List<Part> values,
            Map<List<Class<?>>, Set<Integer>> parametersByGroups,
            Groups groups,
            WebhookJson json) {
        this.validator = validator;
        this.handler = handler;
        this.parts = parts;
        this.values = values;
        this.parametersByGroups = parametersByGroups;
        this.groups = groups;
        this.json = json;
    }

    /** What there is to validate, or null if there is nothing. */
    static @Nullable InputValidation of(
            Validator validator,
            HandlerMethod handler,
            List<HandlerParameter> parameters,
            List<Part> parts,
            WebhookJson json) {
        MethodDescriptor method = validator
                .getConstraintsForClass(handler.beanType())
                .getConstraintsForMethod(
                        handler.method().getName(), handler.method().getParameterTypes());
        Groups groups = Groups.of(handler, parameters);
        List<Part> values = parts.stream()
                .filter(part -> handler.kind() == WebhookKind.ACTION
                        || handler.kind() == WebhookKind.VALIDATION
                        || groups.hasOwn(part.parameter())
                        || method != null
                                && method.getParameterDescriptors()
                                        .get(part.parameter())
                                        .isCascaded())
                .filter(part -> mayHoldConstraints(validator, part.type()))
                .toList();
        Map<List<Class<?>>, Set<Integer>> parametersByGroups =
                method != null && hasMore(method, values) ? groups.parametersByGroups() : Map.of();
        return values.isEmpty() && parametersByGroups.isEmpty()
                ? null
                : new InputValidation(validator, handler, parts, values, parametersByGroups, groups, json);
    }

    /** Whether the method says more about its parameters than the classes of the values do. */
    private static boolean hasMore(MethodDescriptor method, List<Part> values) {
        boolean more = method.getCrossParameterDescriptor().hasConstraints();
        for (ParameterDescriptor parameter : method.getParameterDescriptors()) {
            boolean walked =
                    values.stream().anyMatch(part -> part.itself() && part.parameter() == parameter.getIndex());
            more |= parameter.hasConstraints()
                    || !parameter.getConstrainedContainerElementTypes().isEmpty()
                    || parameter.isCascaded() && !walked;
        }
        return more;
    }

    /** False only if no value of the type can carry constraints, whatever its class. */
    private static boolean mayHoldConstraints(Validator validator, JavaType type) {
        JavaType content = type.getContentType();
        if (content != null) {
            return mayHoldConstraints(validator, content);
        }
        Class<?> raw = type.getRawClass();
        if (raw == Object.class || BeanUtils.isSimpleValueType(raw) || JsonNode.class.isAssignableFrom(raw)) {
            return false;
        }
        return !Modifier.isFinal(raw.getModifiers())
                || validator.getConstraintsForClass(raw).isBeanConstrained();
    }

    void check(DefaultWebhookCall call, Object bean, @Nullable Object[] arguments) {
        Set<Violation> violations = new LinkedHashSet<>();
        for (Part part : values) {
            Class<?>[] wanted = groups.of(part.parameter()).toArray(Class<?>[]::new);
            validate(part.value().apply(call), part.type(), part.path().apply(call), wanted, violations);
        }
        parametersByGroups.forEach((wanted, parameters) -> {
            for (ConstraintViolation<Object> violation : validator
                    .forExecutables()
                    .validateParameters(target(bean), handler.method(), arguments, wanted.toArray(Class<?>[]::new))) {
                if (parameters.contains(parameterIndex(violation.getPropertyPath()))) {
                    violations.add(
                            new Violation(parameterPath(violation.getPropertyPath(), call), violation.getMessage()));
                }
            }
        });
        if (!violations.isEmpty()) {
            List<Violation> sorted = new ArrayList<>(violations);
            sorted.sort(Comparator.comparing(Violation::path).thenComparing(Violation::message));
            throw Refusal.invalid(sorted);
        }
    }

    /** Validates a value as what it is, and the elements of a container one by one. */
    private void validate(
            @Nullable Object value, @Nullable JavaType type, String path, Class<?>[] wanted, Set<Violation> found) {
        JavaType content = type == null ? null : type.getContentType();
        if (value instanceof Optional<?> optional) {
            validate(optional.orElse(null), content, path, wanted, found);
        } else if (value instanceof Maybe<?> maybe) {
            validate(maybe.orElse(null), content, path, wanted, found);
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> validate(each, content, property(path, String.valueOf(key)), wanted, found));
        } else if (value instanceof List<?> || value instanceof Object[]) {
            List<?> list = value instanceof List<?> already ? already : Arrays.asList((Object[]) value);
            for (int i = 0; i < list.size(); i++) {
                validate(list.get(i), content, path + "[" + i + "]", wanted, found);
            }
        } else if (value instanceof Collection<?> others) {
            others.forEach(each -> validate(each, content, path + "[]", wanted, found));
        } else if (value != null
                && validator.getConstraintsForClass(value.getClass()).isBeanConstrained()) {
            JavaType known = type != null && type.hasRawClass(value.getClass()) ? type : json.type(value.getClass());
            for (ConstraintViolation<Object> violation : validator.validate(value, wanted)) {
                Iterator<Path.Node> nodes = violation.getPropertyPath().iterator();
                found.add(new Violation(path(nodes, known, path), violation.getMessage()));
            }
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

    /** The index of the parameter that a violation of the method's constraints is about. */
    private static int parameterIndex(Path path) {
        for (Path.Node node : path) {
            if (node.getKind() == ElementKind.PARAMETER) {
                return node.as(Path.ParameterNode.class).getParameterIndex();
            }
        }
        return CROSS_PARAMETER;
    }

    private String parameterPath(Path path, DefaultWebhookCall call) {
        int index = parameterIndex(path);
        if (index == CROSS_PARAMETER) {
            return "";
        }
        Iterator<Path.Node> nodes = path.iterator();
        nodes.next();
        Path.Node parameter = nodes.next();
        for (Part part : parts) {
            if (part.itself() && part.parameter() == index) {
                return path(nodes, part.type(), part.path().apply(call));
            }
        }
        return path(nodes, null, parameter.getName());
    }

    private String path(Iterator<Path.Node> nodes, @Nullable JavaType start, String prefix) {
        String path = prefix;
        JavaType type = start;
        while (nodes.hasNext()) {
            Path.Node node = nodes.next();
            if (node.isInIterable()) {
                if (node.getKey() != null) {
                    path = property(path, String.valueOf(node.getKey()));
                } else {
                    path += "[" + (node.getIndex() == null ? "" : node.getIndex()) + "]";
                }
                type = type == null ? null : type.getContentType();
            }
            if (node.getKind() == ElementKind.PROPERTY) {
                BeanPropertyDefinition property = type == null ? null : json.property(type, node.getName());
                path = property(path, property == null ? node.getName() : property.getName());
                type = property == null ? null : property.getPrimaryType();
            }
        }
        return path;
    }

    private static String property(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /**
     * The groups to validate, none standing for the default one.
     *
     * @param ofMethod those of the method, else of its class
     * @param ofParameters those of parameters that have some of their own, by index
     * @param count how many parameters there are
     */
    private record Groups(List<Class<?>> ofMethod, Map<Integer, List<Class<?>>> ofParameters, int count) {

        static Groups of(HandlerMethod handler, List<HandlerParameter> parameters) {
            Validated annotation = AnnotatedElementUtils.findMergedAnnotation(handler.method(), Validated.class);
            if (annotation == null) {
                annotation = AnnotatedElementUtils.findMergedAnnotation(handler.beanType(), Validated.class);
            }
            Map<Integer, List<Class<?>>> ofParameters = new LinkedHashMap<>();
            for (HandlerParameter parameter : parameters) {
                Validated own = parameter.annotation(Validated.class);
                if (own != null) {
                    ofParameters.put(parameter.parameter().getParameterIndex(), List.of(own.value()));
                }
            }
            return new Groups(
                    annotation == null ? List.of() : List.of(annotation.value()), ofParameters, parameters.size());
        }

        boolean hasOwn(int parameter) {
            return ofParameters.containsKey(parameter);
        }

        List<Class<?>> of(int parameter) {
            return ofParameters.getOrDefault(parameter, ofMethod);
        }

        /** Bean Validation validates all parameters with the same groups; this says whose violations to take from which run. */
        Map<List<Class<?>>, Set<Integer>> parametersByGroups() {
            Map<List<Class<?>>, Set<Integer>> byGroups = new LinkedHashMap<>();
            for (int i = CROSS_PARAMETER; i < count; i++) {
                byGroups.computeIfAbsent(of(i), any -> new HashSet<>()).add(i);
            }
            return byGroups;
        }
    }
}
