package io.github.hasura4j.spring.dispatch;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.payload.TraceContext;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.SelectedFields;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/** Parts of a call that their type alone tells apart. */
final class TypedArgumentResolver implements HandlerArgumentResolver {

    /** Schedules have nobody who asks, and an auth hook is there to find out. */
    static final Set<WebhookKind> WITH_SESSION =
            EnumSet.of(WebhookKind.ACTION, WebhookKind.EVENT, WebhookKind.VALIDATION);

    private final Set<WebhookKind> kinds;
    private final Class<?> type;
    private final Function<WebhookCall, @Nullable Object> part;

    private TypedArgumentResolver(Set<WebhookKind> kinds, Class<?> type, Function<WebhookCall, @Nullable Object> part) {
        this.kinds = kinds;
        this.type = type;
        this.part = part;
    }

    static List<HandlerArgumentResolver> all() {
        return List.of(
                new TypedArgumentResolver(WITH_SESSION, SessionVariables.class, WebhookCall::sessionVariables),
                new TypedArgumentResolver(EnumSet.allOf(WebhookKind.class), WebhookHeaders.class, WebhookCall::headers),
                payload(WebhookKind.ACTION, ActionPayload.class),
                new TypedArgumentResolver(
                        EnumSet.of(WebhookKind.ACTION),
                        SelectedFields.class,
                        call -> SelectedFields.from((ActionPayload<?>) call.payload())),
                payload(WebhookKind.EVENT, EventPayload.class),
                ofEvent(DeliveryInfo.class, EventPayload::deliveryInfo),
                ofEvent(TableName.class, EventPayload::table),
                ofEvent(Operation.class, EventPayload::operation),
                ofEvent(TraceContext.class, payload -> payload.event().traceContext()),
                payload(WebhookKind.SCHEDULED, ScheduledPayload.class),
                payload(WebhookKind.VALIDATION, ValidationPayload.class),
                payload(WebhookKind.AUTH_HOOK, AuthHookPayload.class));
    }

    private static TypedArgumentResolver payload(WebhookKind kind, Class<?> type) {
        return new TypedArgumentResolver(EnumSet.of(kind), type, WebhookCall::payload);
    }

    private static TypedArgumentResolver ofEvent(Class<?> type, Function<EventPayload<?, ?>, @Nullable Object> part) {
        return new TypedArgumentResolver(
                EnumSet.of(WebhookKind.EVENT), type, call -> part.apply((EventPayload<?, ?>) call.payload()));
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        return parameter.rawType() == type && kinds.contains(parameter.kind()) ? part::apply : null;
    }
}
