package io.github.hasura4j.client.metadata;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

import io.github.hasura4j.client.internal.EngineChannel.Reply;
import io.github.hasura4j.client.metadata.Commands.Unreadable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The commands about metadata as such. */
final class DefaultMetadataClient implements MetadataClient {

    private static final int ATTEMPTS = 10;

    private final Commands commands;
    private final Pause pause;

    DefaultMetadataClient(Commands commands) {
        this(commands, Pause.growing());
    }

    DefaultMetadataClient(Commands commands, Pause pause) {
        this.commands = commands;
        this.pause = pause;
    }

    /** For tests. */
    DefaultMetadataClient pausing(Pause other) {
        return new DefaultMetadataClient(commands, other);
    }

    @Override
    public MetadataExport export() {
        return commands.send(
                MetadataCommand.of("export_metadata", null).inVersion(2),
                answer -> new MetadataExport(resourceVersion(answer), document(answer)));
    }

    private static long resourceVersion(JsonNode answer) {
        JsonNode version = answer.path("resource_version");
        if (!version.canConvertToLong()) {
            throw new Unreadable();
        }
        return version.longValue();
    }

    private static ObjectNode document(JsonNode answer) {
        if (answer.path("metadata") instanceof ObjectNode document) {
            return document;
        }
        throw new Unreadable();
    }

    @Override
    public ReplaceResult replace(ObjectNode document, ReplaceOptions options) {
        ObjectNode args = Json.object().put("allow_inconsistent_metadata", options.allowsInconsistent());
        if (!options.allowsWarnings()) {
            args.put("allow_warnings", false); // Older engines do not know it.
        }
        args.set("metadata", document);
        MetadataCommand replace = MetadataCommand.of("replace_metadata", args).inVersion(2);
        OptionalLong version = options.version();
        return commands.send(
                version.isPresent() ? replace.ifVersion(version.getAsLong()) : replace,
                answer -> new ReplaceResult(
                        inconsistent(answer), Json.list(answer.path("warnings"), MetadataWarning::from)));
    }

    private static List<InconsistentObject> inconsistent(JsonNode answer) {
        return Json.list(Commands.object(answer).path("inconsistent_objects"), InconsistentObject::from);
    }

    @Override
    public Optional<ReplaceResult> modify(Consumer<ObjectNode> change, ReplaceOptions options) {
        if (options.version().isPresent()) {
            throw new IllegalArgumentException(
                    "modify(…) sees to the version itself. Leave ifVersion(…) out, or use replace(…).");
        }
        for (int attempt = 1; ; attempt++) {
            MetadataExport before = export();
            ObjectNode document = before.document();
            change.accept(document);
            if (before.hasDocument(document)) {
                return Optional.empty();
            }
            try {
                return Optional.of(replace(document, options.ifVersion(before.resourceVersion())));
            } catch (MetadataConflictException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
                rest(attempt);
            }
        }
    }

    private void rest(int attempt) {
        try {
            pause.after(attempt);
        } catch (InterruptedException e) {
            throw commands.channel().interrupted("A change of the metadata", e);
        }
    }

    @Override
    public List<InconsistentObject> inconsistencies() {
        return commands.send(
                MetadataCommand.of("get_inconsistent_metadata", null), DefaultMetadataClient::inconsistent);
    }

    @Override
    public void dropInconsistencies() {
        call("drop_inconsistent_metadata", null);
    }

    @Override
    public List<InconsistentObject> reload(Reload what) {
        return commands.send(MetadataCommand.of("reload_metadata", what.args()), DefaultMetadataClient::inconsistent);
    }

    @Override
    public EventTriggers eventTriggers(String source) {
        return new DefaultEventTriggers(commands, source);
    }

    @Override
    public Schedules schedules() {
        return new DefaultSchedules(commands);
    }

    @Override
    public JsonNode call(MetadataCommand command) {
        return commands.send(command);
    }

    @Override
    public List<JsonNode> bulk(List<MetadataCommand> list) {
        return commands.send(MetadataCommand.of("bulk", commands.list(list)), answer -> answers(list, answer));
    }

    @Override
    public void bulkAtomic(List<MetadataCommand> list) {
        call("bulk_atomic", commands.list(list));
    }

    @Override
    public List<CommandResult> bulkKeepGoing(List<MetadataCommand> list) {
        return commands.send(MetadataCommand.of("bulk_keep_going", commands.list(list)), answer -> {
            List<JsonNode> answers = answers(list, answer);
            List<CommandResult> results = new ArrayList<>();
            for (int i = 0; i < answers.size(); i++) {
                results.add(CommandResult.of(list.get(i).type(), answers.get(i)));
            }
            return List.copyOf(results);
        });
    }

    private static List<JsonNode> answers(List<MetadataCommand> asked, JsonNode answer) {
        if (Commands.array(answer).size() != asked.size()) {
            throw new Unreadable();
        }
        return answer.valueStream().toList();
    }

    @Override
    public EngineHealth health() {
        Reply reply = commands.channel().get("The question for the engine's health", "/healthz");
        String text = new String(reply.body(), StandardCharsets.UTF_8).strip();
        if (reply.status() == 200 && text.equals("OK")) {
            return EngineHealth.OK;
        }
        if (reply.status() == 200 && text.startsWith("WARN")) {
            return EngineHealth.INCONSISTENT;
        }
        if (reply.status() == 500 && text.startsWith("ERROR")) {
            return EngineHealth.ERROR;
        }
        throw commands.channel().strange(reply);
    }

    @Override
    public EngineVersion version() {
        Reply reply = commands.channel().get("The question for the engine's version", "/v1/version");
        JsonNode answer = commands.channel().json(reply);
        if (!reply.hasSuccess() || !answer.path("version").isString()) {
            throw commands.channel().strange(reply);
        }
        return new EngineVersion(Json.text(answer, "version"), Json.textOrNull(answer, "server_type"));
    }

    @Override
    public MetadataClient withTimeout(Duration timeout) {
        return new DefaultMetadataClient(commands.withTimeout(timeout), pause);
    }

    @Override
    public String toString() {
        return "MetadataClient[" + commands.channel() + "]";
    }
}
