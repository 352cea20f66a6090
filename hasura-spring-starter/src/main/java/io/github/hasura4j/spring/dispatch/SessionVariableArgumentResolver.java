package io.github.hasura4j.spring.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.github.hasura4j.payload.SessionVariableException;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.SessionVariable;
import io.github.hasura4j.spring.WebhookCall;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;

/** One variable of the session, read into the parameter's type, for parameters with {@link SessionVariable}. */
final class SessionVariableArgumentResolver implements HandlerArgumentResolver {

    private final WebhookJson json;

    SessionVariableArgumentResolver(WebhookJson json) {
        this.json = json;
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        SessionVariable annotation = parameter.annotation(SessionVariable.class);
        if (annotation == null) {
            return null;
        }
        String name = annotation.value();
        if (!TypedArgumentResolver.WITH_SESSION.contains(parameter.kind())) {
            throw new InvalidHandlerException(
                    "@SessionVariable(\"%s\") finds no session: a call of the kind '%s' comes without one. Remove the parameter"
                            .formatted(name, parameter.kind()));
        }
        Class<?> raw = parameter.rawType();
        JavaType type = raw.isPrimitive()
                ? json.type(ClassUtils.resolvePrimitiveIfNecessary(raw))
                : json.type(parameter.type());
        if (type.isContainerType() && !type.isMapLikeType()) {
            return list(name, type);
        }
        boolean inOptional = raw == Optional.class;
        ObjectReader reader = json.valueReader(inOptional ? type.getReferencedType() : type);
        boolean required = !parameter.parameter().isOptional();
        return call -> {
            String text = call.sessionVariables().get(name);
            if (text == null && required) {
                throw Refusal.session("The session has no '%s'".formatted(name));
            }
            Object value = text == null ? null : read(name, text, reader);
            return inOptional ? Optional.ofNullable(value) : value;
        };
    }

    private Argument list(String name, JavaType type) {
        ObjectReader elements = json.valueReader(type.getContentType());
        ObjectReader whole = json.valueReader(type);
        return call -> {
            List<@Nullable Object> values = new ArrayList<>();
            for (String element : elements(name, call)) {
                values.add(element == null ? null : read(name, element, elements));
            }
            return json.convert(values, whole);
        };
    }

    private static List<@Nullable String> elements(String name, WebhookCall call) {
        SessionVariables session = call.sessionVariables();
        try {
            return session.list(name);
        } catch (SessionVariableException e) {
            throw doesNotFit(name);
        }
    }

    private @Nullable Object read(String name, String text, ObjectReader reader) {
        try {
            return json.fromText(text, reader);
        } catch (JacksonException e) {
            throw doesNotFit(name);
        }
    }

    private static Refusal doesNotFit(String name) {
        return Refusal.session("The session variable '%s' does not have the expected form".formatted(name));
    }
}
