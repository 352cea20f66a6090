package io.github.hasura4j.client.metadata;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

import io.github.hasura4j.client.internal.EngineChannel;
import io.github.hasura4j.client.internal.EngineChannel.Reply;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sends commands, and makes of a reply an answer, a refusal, or a complaint that it is neither. */
final class Commands {

    private static final String METADATA = "/v1/metadata";
    private static final String QUERY = "/v2/query";

    private final EngineChannel channel;

    Commands(EngineChannel channel) {
        this.channel = channel;
    }

    EngineChannel channel() {
        return channel;
    }

    Commands withTimeout(Duration timeout) {
        return new Commands(channel.withTimeout(timeout));
    }

    JsonNode send(MetadataCommand command) {
        return send(command, Function.identity());
    }

    /** @param reader throws {@link Unreadable} or a {@link DateTimeException} for what is not the answer to this command */
    <T> T send(MetadataCommand command, Function<JsonNode, T> reader) {
        return send(METADATA, command, reader);
    }

    <T> T query(MetadataCommand command, Function<JsonNode, T> reader) {
        return send(QUERY, command, reader);
    }

    private <T> T send(String path, MetadataCommand command, Function<JsonNode, T> reader) {
        if (!channel.hasAdminSecret()) {
            throw new IllegalStateException(
                    "The engine takes '%s' from its administrator only, and this client has no admin secret. Build it with adminSecret(…)."
                            .formatted(command.type()));
        }
        String what = "Metadata command '%s'".formatted(command.type());
        Reply reply = channel.post(what, path, json(what, command));
        JsonNode answer = channel.json(reply);
        if (!reply.hasSuccess()) {
            if (HasuraMetadataException.isError(answer)) {
                throw HasuraMetadataException.of(command.type(), reply.status(), answer);
            }
            throw channel.strange(reply);
        }
        try {
            return reader.apply(answer);
        } catch (Unreadable | DateTimeException e) {
            throw channel.strange(reply);
        }
    }

    private ObjectNode json(String what, MetadataCommand command) {
        ObjectNode json = Json.object().put("type", command.type());
        command.version().ifPresent(version -> json.put("version", version));
        command.resourceVersion().ifPresent(version -> json.put("resource_version", version));
        json.set("args", channel.tree(what, command.args()));
        return json;
    }

    /** The arguments of a bulk. */
    ArrayNode list(List<MetadataCommand> commands) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        commands.forEach(command -> list.add(json("Metadata command '%s'".formatted(command.type()), command)));
        return list;
    }

    static JsonNode object(JsonNode answer) {
        if (!answer.isObject()) {
            throw new Unreadable();
        }
        return answer;
    }

    static JsonNode array(JsonNode answer) {
        if (!answer.isArray()) {
            throw new Unreadable();
        }
        return answer;
    }

    static String text(JsonNode answer, String field) {
        if (!answer.path(field).isString()) {
            throw new Unreadable();
        }
        return answer.path(field).stringValue();
    }

    /** The answer is JSON, but not what the engine says to such a command. */
    static final class Unreadable extends RuntimeException {

        Unreadable() {
            super(null, null, false, false);
        }
    }
}
