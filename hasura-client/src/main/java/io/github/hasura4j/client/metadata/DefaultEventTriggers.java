package io.github.hasura4j.client.metadata;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The commands about events of one source. */
final class DefaultEventTriggers implements EventTriggers {

    private final Commands commands;
    private final String source;

    DefaultEventTriggers(Commands commands, String source) {
        this.commands = commands;
        this.source = source;
    }

    @Override
    public String invoke(String trigger, @Nullable Object payload) {
        String type = "pg_invoke_event_trigger";
        ObjectNode args = of(trigger);
        args.set("payload", commands.channel().tree("Metadata command '" + type + "'", payload));
        return commands.send(MetadataCommand.of(type, args), answer -> Commands.text(answer, "event_id"));
    }

    @Override
    public void redeliver(String eventId) {
        commands.send(MetadataCommand.of("pg_redeliver_event", ofEvent(eventId)));
    }

    @Override
    public List<LoggedEvent> events(String trigger, EventStatus status, Page page) {
        ObjectNode args = page.addTo(of(trigger)).put("status", status.name().toLowerCase(Locale.ROOT));
        return commands.send(
                MetadataCommand.of("pg_get_event_logs", args),
                answer -> Json.list(Commands.array(answer), LoggedEvent::from));
    }

    @Override
    public List<Invocation> invocations(String trigger, Page page) {
        return commands.send(
                MetadataCommand.of("pg_get_event_invocation_logs", page.addTo(of(trigger))),
                answer -> invocations(Commands.array(answer)));
    }

    @Override
    public Optional<LoggedEvent> event(String eventId) {
        return commands.send(
                MetadataCommand.of("pg_get_event_by_id", ofEvent(eventId).put("invocation_log_limit", 1)),
                answer -> Optional.ofNullable(Json.orNull(Commands.object(answer), "event"))
                        .map(LoggedEvent::from));
    }

    @Override
    public List<Invocation> invocationsOf(String eventId, Page page) {
        ObjectNode args =
                ofEvent(eventId).put("invocation_log_limit", page.limit()).put("invocation_log_offset", page.offset());
        return commands.send(
                MetadataCommand.of("pg_get_event_by_id", args),
                answer -> invocations(Commands.object(answer).path("invocations")));
    }

    private static List<Invocation> invocations(JsonNode list) {
        return Json.list(list, json -> Invocation.from(json, "http_status"));
    }

    private ObjectNode of(String trigger) {
        return Json.object().put("name", trigger).put("source", source);
    }

    private ObjectNode ofEvent(String id) {
        return Json.object().put("event_id", id).put("source", source);
    }

    @Override
    public String toString() {
        return "EventTriggers[source=" + source + "]";
    }
}
