package io.github.hasura4j.test.spring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

import io.github.hasura4j.client.project.CronTriggerMetadata;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.WebhookDelivery;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/** An event of a cron trigger, or a one-off event. Its payload is null, or the trigger's, unless given. Not for several threads. */
public final class ScheduledCall {

    private final HasuraTester tester;
    private final String name;
    private final boolean cron;
    private final EventCall.Faults faults = new EventCall.Faults();
    private JsonNode payload = NullNode.instance;
    private @Nullable String comment;
    private Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private int copies = 1;
    private int numRetries;
    private int intervalSeconds = 10;
    private int timeoutSeconds = 60;

    ScheduledCall(HasuraTester tester, String name, boolean cron) {
        this.tester = tester;
        this.name = name;
        this.cron = cron;
        Metadata metadata = tester.metadata();
        if (cron && metadata != null) {
            CronTriggerMetadata declared = declared(metadata);
            this.payload = declared.payload() == null ? NullNode.instance : declared.payload();
            this.comment = declared.comment();
            this.numRetries = declared.retryConf().numRetries();
            this.intervalSeconds = declared.retryConf().intervalSeconds();
            this.timeoutSeconds = declared.retryConf().timeoutSeconds();
        }
    }

    private CronTriggerMetadata declared(Metadata metadata) {
        List<CronTriggerMetadata> all = metadata.cronTriggers();
        return all.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no cron trigger '%s' in the project. It has: %s"
                        .formatted(
                                name,
                                all.isEmpty()
                                        ? "none"
                                        : all.stream()
                                                .map(CronTriggerMetadata::name)
                                                .collect(Collectors.joining(", ")))));
    }

    /** The payload: a map, a record, or whatever JSON can be made of. */
    public ScheduledCall payload(Object value) {
        payload = tester.mapper().valueToTree(value);
        return this;
    }

    /** The comment. */
    public ScheduledCall comment(String text) {
        comment = text;
        return this;
    }

    /** When the event was due. */
    public ScheduledCall at(Instant moment) {
        at = moment;
        return this;
    }

    /** How often and after which pause a failed delivery is tried again, instead of what the project says. */
    public ScheduledCall withRetries(int times, Duration pause) {
        numRetries = times;
        intervalSeconds = Math.toIntExact(pause.toSeconds());
        return this;
    }

    /** The engine delivers the event a second time, with the same id. */
    public ScheduledCall deliveredTwice() {
        copies = 2;
        return this;
    }

    /** The first so many answers are lost: the handler did its work, but the engine does not know. */
    public ScheduledCall losingAnswers(int times) {
        faults.lost = times;
        return this;
    }

    /** Delivers, and tries again until the event is delivered or given up. */
    public DeliveryReport deliver() {
        tester.requireHandler(WebhookKind.SCHEDULED, name);
        String id = UUID.randomUUID().toString();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("id", id).put("scheduled_time", EngineJson.utc(at));
        body.set("payload", payload);
        if (comment != null) {
            body.put("comment", comment);
        }
        if (cron) {
            body.put("name", name);
        } else {
            body.put("created_at", EngineJson.utc(at.minusSeconds(60)));
        }
        String url = cron
                ? tester.caller().url(WebhookKind.SCHEDULED)
                : tester.caller().url(WebhookKind.SCHEDULED, name);
        WebhookDelivery.Target target = new WebhookDelivery.Target(
                url,
                null,
                tester.caller().headers(WebhookKind.SCHEDULED),
                Duration.ofSeconds(timeoutSeconds),
                null,
                null);
        Deliveries.Job job = new Deliveries.Job(
                (cron ? "cron trigger '" : "one-off event '") + name + "'",
                id,
                target,
                tries -> body.deepCopy(),
                numRetries,
                intervalSeconds,
                Trace.fresh());
        return new Deliveries(tester.caller(), faults).run(Collections.nCopies(copies, job));
    }
}
