package io.github.hasura4j.test.engine.action;

import java.util.List;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Runs the fields of actions: synchronous ones at once, of asynchronous ones only what the client gets at once. */
public final class ActionCaller {

    private final ActionWebhook webhook;
    private final AsyncActions later;
    private final TableJoins joins;

    public ActionCaller(ActionWebhook webhook, AsyncActions later, TableJoins joins) {
        this.webhook = webhook;
        this.later = later;
        this.joins = joins;
    }

    /**
     * An action's answer.
     *
     * @param json the selected fields
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    public record Outcome(String json, List<String> cookies) {}

    /** Runs one action. */
    public Outcome call(
            ActionMetadata action, ExecutableNormalizedField field, Session session, @Nullable String document) {
        JsonNode input = EngineJson.tree(field.getResolvedArguments());
        if (action.asynchronous()) {
            return new Outcome('"' + later.accept(action, input, session) + '"', List.of());
        }
        ActionWebhook.Reply reply = webhook.post(new ActionWebhook.Call(
                action,
                input,
                EngineJson.tree(session.variables().asMap()),
                document,
                session.clientHeaders(),
                session.trace()));
        JsonNode selected =
                joins.select(webhook.output(), reply.json(), action.outputType(), field.getChildren(), session);
        return new Outcome(EngineJson.write(selected), reply.cookies());
    }

    /** What has become of an asynchronous action. */
    public String result(ActionMetadata action, ExecutableNormalizedField field, Session session) {
        return EngineJson.write(later.result(action, field, session, joins));
    }

    /** Whether it is known what has become of an asynchronous action. */
    public boolean finished(ExecutableNormalizedField field) {
        return later.finished(field);
    }
}
