package io.github.hasura4j.client.metadata;

import java.util.List;

import io.github.hasura4j.client.metadata.ScheduledEvent.Status;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The commands about scheduled triggers. */
final class DefaultSchedules implements Schedules {

    private final Commands commands;

    DefaultSchedules(Commands commands) {
        this.commands = commands;
    }

    @Override
    public List<CronTrigger> cronTriggers() {
        return commands.send(
                MetadataCommand.of("get_cron_triggers", null),
                answer -> Json.list(Commands.array(Commands.object(answer).path("cron_triggers")), CronTrigger::from));
    }

    @Override
    public void createCronTrigger(CronTrigger trigger) {
        create(trigger, false);
    }

    @Override
    public void createOrReplaceCronTrigger(CronTrigger trigger) {
        create(trigger, true);
    }

    private void create(CronTrigger trigger, boolean replace) {
        String type = "create_cron_trigger";
        commands.send(MetadataCommand.of(
                type, trigger.json(payload(type, trigger.payload())).put("replace", replace)));
    }

    @Override
    public void deleteCronTrigger(String name) {
        commands.send(MetadataCommand.of("delete_cron_trigger", Json.object().put("name", name)));
    }

    @Override
    public String schedule(OneOffEvent event) {
        String type = "create_scheduled_event";
        return commands.send(
                MetadataCommand.of(type, event.json(payload(type, event.payload()))),
                answer -> Commands.text(answer, "event_id"));
    }

    private JsonNode payload(String type, @Nullable Object payload) {
        return commands.channel().tree("Metadata command '" + type + "'", payload);
    }

    @Override
    public List<ScheduledEvent> oneOffEvents(Page page, Status... statuses) {
        return events(oneOff(), page, statuses);
    }

    @Override
    public List<ScheduledEvent> cronEvents(String trigger, Page page, Status... statuses) {
        return events(cron().put("trigger_name", trigger), page, statuses);
    }

    private List<ScheduledEvent> events(ObjectNode args, Page page, Status... statuses) {
        ArrayNode names = page.addTo(args).putArray("status");
        for (Status status : statuses) {
            if (status == Status.UNKNOWN) {
                throw new IllegalArgumentException("UNKNOWN is nothing that the engine could be asked for");
            }
            names.add(status.wire());
        }
        return commands.send(
                MetadataCommand.of("get_scheduled_events", args),
                answer -> Json.list(Commands.array(Commands.object(answer).path("events")), ScheduledEvent::from));
    }

    @Override
    public void deleteOneOffEvent(String eventId) {
        delete(oneOff(), eventId);
    }

    @Override
    public void deleteCronEvent(String eventId) {
        delete(cron(), eventId);
    }

    private void delete(ObjectNode args, String eventId) {
        commands.send(MetadataCommand.of("delete_scheduled_event", args.put("event_id", eventId)));
    }

    @Override
    public List<Invocation> oneOffInvocations(Page page) {
        return invocations(oneOff(), page);
    }

    @Override
    public List<Invocation> oneOffInvocationsOf(String eventId, Page page) {
        return invocations(oneOff().put("event_id", eventId), page);
    }

    @Override
    public List<Invocation> cronInvocations(String trigger, Page page) {
        return invocations(cron().put("trigger_name", trigger), page);
    }

    @Override
    public List<Invocation> cronInvocationsOf(String eventId, Page page) {
        return invocations(cron().put("event_id", eventId), page);
    }

    private List<Invocation> invocations(ObjectNode args, Page page) {
        return commands.send(
                MetadataCommand.of("get_scheduled_event_invocations", page.addTo(args)),
                answer -> Json.list(
                        Commands.array(Commands.object(answer).path("invocations")),
                        json -> Invocation.from(json, "status")));
    }

    private static ObjectNode oneOff() {
        return Json.object().put("type", "one_off");
    }

    private static ObjectNode cron() {
        return Json.object().put("type", "cron");
    }

    @Override
    public String toString() {
        return "Schedules";
    }
}
