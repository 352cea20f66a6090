package io.github.hasura4j.spring.dispatch;

import java.lang.annotation.Annotation;
import java.lang.reflect.WildcardType;
import java.util.Set;
import java.util.stream.Stream;

import io.github.hasura4j.payload.Maybe;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/** Tells parameters that JSON can fill from those that somebody expected to be injected. */
final class ParameterTypes {

    private static final Set<String> OURS =
            Set.of("io.github.hasura4j.payload", "io.github.hasura4j.client", "io.github.hasura4j.spring");

    private ParameterTypes() {}

    /** @param explicit an annotation that says the parameter is meant to be filled from JSON */
    static void requireBindable(
            HandlerMethod handler, HandlerParameter parameter, @Nullable Class<? extends Annotation> explicit) {
        if (parameter.type().resolve() == null && !(parameter.type().getType() instanceof WildcardType)) {
            throw new InvalidHandlerException("""
                    %s: the type of parameter %s is a type variable that the class of bean '%s' does not fix. Extend the \
                    generic class with real types, or override the method with them""".formatted(handler, describe(parameter), handler.beanName()));
        }
        if (explicit != null && parameter.annotation(explicit) != null) {
            return;
        }
        Class<?> type = parameter.rawType();
        boolean foreign = OURS.contains(type.getPackageName()) && type != Maybe.class
                || Stream.of(
                                "jakarta.",
                                "org.springframework.",
                                "java.io.",
                                "java.security.",
                                "reactor.",
                                "kotlin.coroutines.",
                                "org.reactivestreams.")
                        .anyMatch(type.getName()::startsWith);
        if (foreign || type == Void.class) {
            throw unresolvable(handler, parameter);
        }
    }

    static InvalidHandlerException unresolvable(HandlerMethod handler, HandlerParameter parameter) {
        return new InvalidHandlerException("%s: nothing can fill parameter %s. %s"
                .formatted(handler, describe(parameter), possible(parameter.kind())));
    }

    static String describe(HandlerParameter parameter) {
        String name = parameter.name();
        return "%d (%s%s)"
                .formatted(
                        parameter.parameter().getParameterIndex() + 1,
                        parameter.rawType().getSimpleName(),
                        name == null ? "" : " " + name);
    }

    /** The kind as it stands in a sentence: "an action". */
    static String withArticle(WebhookKind kind) {
        return (kind == WebhookKind.SCHEDULED ? "a " : "an ") + kind;
    }

    private static String possible(WebhookKind kind) {
        String own = switch (kind) {
            case ACTION -> """
                        the whole input (one record, class or Map), single arguments by name (@ActionArgument names them), \
                        ActionPayload<Input>, SelectedFields""";
            case EVENT -> """
                        the row (one record, class or Map), @NewRow and @OldRow, EventPayload<New, Old>, DeliveryInfo, TableName, \
                        Operation, TraceContext""";
            case SCHEDULED -> "the payload (one parameter of any type), ScheduledPayload<Payload>";
            case VALIDATION -> "List<Row>, ValidationPayload<Row>";
            case AUTH_HOOK -> "AuthHookPayload";
        };
        String session =
                TypedArgumentResolver.WITH_SESSION.contains(kind) ? "SessionVariables, @SessionVariable values, " : "";
        String fetched = FetchArgumentResolver.KINDS.contains(kind) ? "@Fetch values, " : "";
        return """
                Handlers of %s take, in any order: %s, %s%sWebhookHeaders, @WebhookHeader String, @WebhookCookie String, \
                HasuraClient if one is configured, and what a HandlerArgumentResolver bean of yours knows""".formatted(withArticle(kind), own, session, fetched);
    }
}
