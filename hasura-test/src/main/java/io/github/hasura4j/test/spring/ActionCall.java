package io.github.hasura4j.test.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.action.ActionWebhook;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A call of an action. The role is {@code admin} unless another is given. Not for several threads. */
public final class ActionCall {

    private static final String UNCHECKED = "json";

    private final HasuraTester tester;
    private final String name;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private SessionVariables session = SessionVariables.ofRole("admin");
    private @Nullable Object input;
    private @Nullable String selection;
    private @Nullable Boolean asynchronous;

    ActionCall(HasuraTester tester, String name) {
        this.tester = tester;
        this.name = name;
    }

    /** The arguments: a map, a record, or whatever JSON can be made of. None if left out. */
    public ActionCall input(Object arguments) {
        this.input = arguments;
        return this;
    }

    /** Who calls. */
    public ActionCall asRole(String role) {
        return session(SessionVariables.ROLE, role);
    }

    /** One more session variable. */
    public ActionCall session(String variable, Object value) {
        session = session.with(variable, value);
        return this;
    }

    /** A header of the client, which the engine forwards if the action says so; without a project it does. */
    public ActionCall header(String header, String value) {
        headers.put(header, List.of(value));
        return this;
    }

    /** Headers of the client. */
    public ActionCall headers(Map<String, String> more) {
        more.forEach(this::header);
        return this;
    }

    /** What the client selects of the answer, such as {@code id author { name }}; all that is flat if left out. */
    public ActionCall selecting(String fields) {
        this.selection = fields;
        return this;
    }

    /** Calls as the engine calls asynchronous actions: without the client's document. */
    public ActionCall asynchronously() {
        this.asynchronous = true;
        return this;
    }

    /**
     * Calls the handler.
     *
     * @throws AssertionError if the engine would not make this call, or would not take the answer
     */
    public ActionOutcome execute() {
        ActionMetadata action = action();
        JsonNode arguments =
                EngineJson.tree(input == null ? Map.of() : tester.mapper().valueToTree(input));
        Metadata metadata = tester.metadata();
        CustomTypes types =
                metadata == null ? new CustomTypes(List.of(), List.of(), List.of(), List.of()) : metadata.customTypes();
        if (metadata != null) {
            requirePermission(action);
            new ActionInput(types).require(action, arguments);
        }
        tester.requireHandler(WebhookKind.ACTION, name);
        ActionWebhook webhook =
                new ActionWebhook(new Webhooks(tester.caller().exchange()), new Environment(Map.of()), types);
        try {
            ActionWebhook.Reply reply = webhook.post(new ActionWebhook.Call(
                    action,
                    arguments,
                    EngineJson.tree(session.asMap()),
                    action.asynchronous() ? null : document(action, types),
                    headers,
                    Trace.fresh()));
            return new ActionOutcome(name, tester.mapper(), reply.json(), reply.cookies(), null);
        } catch (EngineException e) {
            if (Refusals.isOfTheHandler(e)) {
                return new ActionOutcome(name, tester.mapper(), null, List.of(), e);
            }
            throw Refusals.notTaken("action '" + name + "'", e);
        }
    }

    /** The action of the project, with the handler and the secret of the tester; one that says little without a project. */
    private ActionMetadata action() {
        Metadata metadata = tester.metadata();
        ActionMetadata declared = metadata == null ? null : declared(metadata);
        return new ActionMetadata(
                name,
                declared == null ? ActionMetadata.Operation.MUTATION : declared.operation(),
                asynchronous != null ? asynchronous : declared != null && declared.asynchronous(),
                tester.caller().url(WebhookKind.ACTION),
                declared == null ? List.of() : declared.arguments(),
                declared == null ? UNCHECKED : declared.outputType(),
                tester.caller().headers(WebhookKind.ACTION),
                declared == null || declared.forwardClientHeaders(),
                declared == null ? 30 : declared.timeoutSeconds(),
                declared == null ? List.of() : declared.permissions(),
                null,
                null,
                null,
                declared == null ? null : declared.ignoredClientHeaders());
    }

    private ActionMetadata declared(Metadata metadata) {
        return metadata.actions().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no action '%s' in the project. It has: %s"
                        .formatted(
                                name,
                                metadata.actions().stream()
                                        .map(ActionMetadata::name)
                                        .sorted()
                                        .collect(Collectors.joining(", ")))));
    }

    private void requirePermission(ActionMetadata action) {
        String role = session.role().orElse("");
        if (!role.equals("admin") && !action.permissions().contains(role)) {
            String root = action.operation() == ActionMetadata.Operation.QUERY ? "query_root" : "mutation_root";
            throw new AssertionError(
                    "The engine would not call action '%s' for the role '%s': field '%s' not found in type: '%s'. Roles with permission: %s"
                            .formatted(name, role, name, root, String.join(", ", action.permissions())));
        }
    }

    private String document(ActionMetadata action, CustomTypes types) {
        String fields = selection != null ? selection : flatFields(action.outputType(), types);
        return (action.operation() == ActionMetadata.Operation.QUERY ? "query { " : "mutation { ") + name
                + (fields.isEmpty() ? "" : " { " + fields + " }") + " }";
    }

    private static String flatFields(String outputType, CustomTypes types) {
        List<String> objects =
                types.objects().stream().map(CustomTypes.ObjectType::name).toList();
        return types.objects().stream()
                .filter(each -> each.name().equals(ActionInput.named(outputType)))
                .flatMap(each -> each.fields().stream())
                .filter(each -> !objects.contains(ActionInput.named(each.type())))
                .map(ActionMetadata.Argument::name)
                .collect(Collectors.joining(" "));
    }
}
