package io.github.hasura4j.spring.operate;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.OneOffEvent;
import io.github.hasura4j.client.metadata.ScheduleRetry;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import io.github.hasura4j.spring.dispatch.HandlerSignature;
import io.github.hasura4j.spring.metadata.MetadataSettings;
import org.jspecify.annotations.Nullable;

/**
 * Has the engine send a payload to a handler once, at a time: a one-off scheduled event.
 *
 * <pre>{@code
 * scheduler.at(trialEnd, new TrialReminder(user.id()));
 *
 * @HasuraScheduled void remind(TrialReminder reminder) { … }
 * }</pre>
 *
 * <p>The engine keeps it in its database, so it outlives this application, and delivers it at least once, perhaps late: tell
 * repeats apart by {@code ScheduledPayload.id()}. It calls the handler at the URL that the metadata's handlers have ({@code
 * hasura.metadata.handler-base}), with the secret from its own environment.
 *
 * <p>Needs a {@code HasuraClient} with the admin secret. Safe for use by many threads; each call is one request to the engine.
 */
public final class HasuraScheduler {

    private final HasuraClient engine;
    private final HandlerRegistry handlers;
    private final MetadataSettings settings;
    private final ScheduleRetry retry;

    /** @param retry how often and how long an event is tried */
    public HasuraScheduler(
            HasuraClient engine, HandlerRegistry handlers, MetadataSettings settings, ScheduleRetry retry) {
        this.engine = engine;
        this.handlers = handlers;
        this.settings = settings;
        this.retry = retry;
    }

    /**
     * Sends a payload to the one handler that takes its type.
     *
     * @param time when; at once if it is past
     * @return the event's id, to {@link #cancel} it by
     * @throws IllegalArgumentException if no {@link HasuraScheduled} handler takes it, or several do
     * @throws io.github.hasura4j.client.metadata.HasuraMetadataException if the engine refuses
     */
    public String at(Instant time, Object payload) {
        List<HandlerSignature> taking = scheduled()
                .filter(each -> each.inputs().stream()
                        .anyMatch(input -> input.type().getRawClass().isInstance(payload)))
                .toList();
        List<HandlerSignature> closest = taking.stream()
                .filter(each ->
                        each.inputs().stream().anyMatch(input -> input.type().hasRawClass(payload.getClass())))
                .toList();
        List<HandlerSignature> chosen = closest.isEmpty() ? taking : closest;
        if (chosen.size() != 1) {
            throw new IllegalArgumentException(
                    "%s handler for scheduled events takes a %s; name one: at(time, \"name\", payload). Known: %s"
                            .formatted(
                                    chosen.isEmpty() ? "No" : "More than one",
                                    payload.getClass().getName(),
                                    names()));
        }
        return send(time, chosen.get(0).handler().name(), payload);
    }

    /**
     * Sends a payload to a handler.
     *
     * @param handler the name of a {@link HasuraScheduled} handler
     * @param payload anything that the client's mapper writes; null for none
     * @return the event's id, to {@link #cancel} it by
     * @throws IllegalArgumentException if there is no such handler
     */
    public String at(Instant time, String handler, @Nullable Object payload) {
        if (scheduled().noneMatch(each -> each.handler().name().equals(handler))) {
            throw new IllegalArgumentException(
                    "There is no handler '%s' for scheduled events. Known: %s".formatted(handler, names()));
        }
        return send(time, handler, payload);
    }

    private String send(Instant time, String handler, @Nullable Object payload) {
        String url = settings.url(WebhookKind.SCHEDULED) + "/"
                + URLEncoder.encode(handler, StandardCharsets.UTF_8).replace("+", "%20");
        OneOffEvent event = OneOffEvent.at(Objects.requireNonNull(time), url)
                .withPayload(payload)
                .withRetry(retry)
                .withComment(handler);
        return engine.metadata()
                .schedules()
                .schedule(
                        settings.guarded().contains(WebhookKind.SCHEDULED)
                                ? event.withHeaderFromEnv(settings.secretHeader(), settings.secretEnv())
                                : event);
    }

    /**
     * Takes an event back that has not been delivered.
     *
     * @throws io.github.hasura4j.client.metadata.HasuraMetadataException if there is none of this id
     */
    public void cancel(String eventId) {
        engine.metadata().schedules().deleteOneOffEvent(eventId);
    }

    private java.util.stream.Stream<HandlerSignature> scheduled() {
        return handlers.signatures().stream().filter(each -> each.handler().kind() == WebhookKind.SCHEDULED);
    }

    private String names() {
        String names = scheduled().map(each -> each.handler().name()).sorted().collect(Collectors.joining(", "));
        return names.isEmpty() ? "none" : names;
    }
}
