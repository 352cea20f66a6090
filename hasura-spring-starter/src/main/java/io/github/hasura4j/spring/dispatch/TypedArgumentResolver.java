package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.function.Function;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.DeliveryInfo;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.payload.TraceContext;
import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraSessions;
import io.github.hasura4j.spring.SelectedFields;
import io.github.hasura4j.spring.WebhookCall;
import io.github.hasura4j.spring.WebhookHeaders;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/** Parts of a call that their type alone tells apart. */
final class TypedArgumentResolver implements HandlerArgumentResolver {

    private final @Nullable WebhookKind kind;
    private final Class<?> type;
    private final Function<WebhookCall, @Nullable Object> part;

    private TypedArgumentResolver(
            @Nullable WebhookKind kind, Class<?> type, Function<WebhookCall, @Nullable Object> part) {
        this.kind = kind;
        this.type = type;
        this.part = part;
    }

    static List<HandlerArgumentResolver> all() {
        HasuraSessions sessions = new HasuraSessions();
        return List.of(
                new TypedArgumentResolver(null, SessionVariables.class, WebhookCall::sessionVariables),
                new TypedArgumentResolver(null, HasuraSession.class, call -> sessions.of(call.sessionVariables())),
                new TypedArgumentResolver(null, WebhookHeaders.class, WebhookCall::headers),
                new TypedArgumentResolver(WebhookKind.ACTION, ActionPayload.class, WebhookCall::payload),
                new TypedArgumentResolver(
                        WebhookKind.ACTION,
                        SelectedFields.class,
                        call -> SelectedFields.from((ActionPayload<?>) call.payload())),
                new TypedArgumentResolver(WebhookKind.EVENT, EventPayload.class, WebhookCall::payload),
                ofEvent(DeliveryInfo.class, EventPayload::deliveryInfo),
                ofEvent(TableName.class, EventPayload::table),
                ofEvent(Operation.class, EventPayload::operation),
                ofEvent(TraceContext.class, payload -> payload.event().traceContext()));
    }

    private static TypedArgumentResolver ofEvent(Class<?> type, Function<EventPayload<?, ?>, @Nullable Object> part) {
        return new TypedArgumentResolver(
                WebhookKind.EVENT, type, call -> part.apply((EventPayload<?, ?>) call.payload()));
    }

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        return parameter.rawType() == type && (kind == null || kind == parameter.kind()) ? part::apply : null;
    }
}
