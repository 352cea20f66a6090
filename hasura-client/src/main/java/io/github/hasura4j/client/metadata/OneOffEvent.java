package io.github.hasura4j.client.metadata;

import java.time.Instant;
import java.util.List;

import io.github.hasura4j.client.project.HeaderMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that the engine is to send once, at its time. Begin with {@link #at}; each {@code with…} gives another one.
 *
 * @param time when; at once if it is past
 * @param webhook the handler's URL, a template with <code>{{VARIABLE}}</code>
 * @param payload what is sent: anything that is written as JSON; {@code null} for none; {@code toString()} leaves it out
 * @param headers the headers sent along
 * @param retry what happens when it cannot be delivered
 * @param comment a comment, which is sent along; {@code null} for none
 */
public record OneOffEvent(
        Instant time,
        String webhook,
        @Nullable Object payload,
        List<HeaderMetadata> headers,
        ScheduleRetry retry,
        @Nullable String comment) {

    public OneOffEvent {
        headers = List.copyOf(headers);
    }

    /** One without payload, headers and retries. */
    public static OneOffEvent at(Instant time, String webhook) {
        return new OneOffEvent(time, webhook, null, List.of(), ScheduleRetry.defaults(), null);
    }

    /** The same with a payload. */
    public OneOffEvent withPayload(@Nullable Object other) {
        return new OneOffEvent(time, webhook, other, headers, retry, comment);
    }

    /** The same with one more header. */
    public OneOffEvent withHeader(String name, String value) {
        return with(new HeaderMetadata(name, value, null));
    }

    /** The same with one more header, whose value the engine has in its environment: the place for a secret. */
    public OneOffEvent withHeaderFromEnv(String name, String variable) {
        return with(new HeaderMetadata(name, null, variable));
    }

    private OneOffEvent with(HeaderMetadata header) {
        return new OneOffEvent(time, webhook, payload, Headers.plus(headers, header), retry, comment);
    }

    /** The same with other retries. */
    public OneOffEvent withRetry(ScheduleRetry other) {
        return new OneOffEvent(time, webhook, payload, headers, other, comment);
    }

    /** The same with a comment. */
    public OneOffEvent withComment(@Nullable String other) {
        return new OneOffEvent(time, webhook, payload, headers, retry, other);
    }

    ObjectNode json(JsonNode payloadTree) {
        ObjectNode json = Json.object().put("webhook", webhook).put("schedule_at", time.toString());
        if (!payloadTree.isNull()) {
            json.set("payload", payloadTree);
        }
        json.set("headers", Headers.json(headers));
        json.set("retry_conf", retry.json());
        if (comment != null) {
            json.put("comment", comment);
        }
        return json;
    }

    @Override
    public String toString() {
        return "OneOffEvent[time=%s, webhook=%s]".formatted(time, webhook);
    }
}
