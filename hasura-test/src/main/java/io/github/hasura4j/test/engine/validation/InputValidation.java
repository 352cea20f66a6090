package io.github.hasura4j.test.engine.validation;

import java.io.IOException;
import java.util.Map;

import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.TrackedTable;
import io.github.hasura4j.test.engine.schema.TrackedTables;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Asks the webhooks of {@code validate_input} before rows change; never for admin ({@code webhooks.md} 5). */
public final class InputValidation {

    private final TrackedTables tables;
    private final Webhooks webhooks;
    private final Environment environment;

    /** Reports validators that cannot be called; what they should validate is refused. */
    public InputValidation(TrackedTables tables, Webhooks webhooks, Environment environment, Problems problems) {
        this.tables = tables;
        this.webhooks = webhooks;
        this.environment = environment;
        tables.all().forEach(table -> report(table, problems));
    }

    private void report(TrackedTable table, Problems problems) {
        table.metadata()
                .insertPermissions()
                .forEach(each -> report("insert_permission", table, each.role(), each.validateInput(), problems));
        table.metadata()
                .updatePermissions()
                .forEach(each -> report("update_permission", table, each.role(), each.validateInput(), problems));
        table.metadata()
                .deletePermissions()
                .forEach(each -> report("delete_permission", table, each.role(), each.validateInput(), problems));
    }

    private void report(String type, TrackedTable table, String role, @Nullable JsonNode json, Problems problems) {
        if (json == null) {
            return;
        }
        try {
            Validator validator = Validator.from(json);
            environment.resolve(validator.url());
            validator.headers().forEach(environment::header);
        } catch (IllegalArgumentException e) {
            problems.inconsistent(type, role + " in table " + table.name(), "Inconsistent object: " + e.getMessage());
        }
    }

    /**
     * Asks whether a mutation's input is good: one call for each table that has a validator.
     *
     * @throws EngineException if a webhook refuses, or does not answer as it should
     */
    public void validate(RootField.OfTable root, Map<String, Object> arguments, Session session) {
        if (session.admin()) {
            return;
        }
        ValidatedInput.of(root, arguments, tables::target).forEach((table, input) -> {
            JsonNode validator = table.validator(root.kind(), session.role());
            if (validator != null) {
                ask(Validator.from(validator), input, session);
            }
        });
    }

    private void ask(Validator validator, ArrayNode input, Session session) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", 1).put("role", session.role());
        body.set("session_variables", EngineJson.tree(session.variables().asMap()));
        body.putObject("data").set("input", input);
        judge(post(validator, body, session));
    }

    /**
     * Says what the engine makes of an answer.
     *
     * @throws EngineException if it refuses, or is not as it should be
     */
    public static void judge(Webhooks.Answer answer) {
        if (answer.status() >= 200 && answer.status() < 300) {
            return;
        }
        if (answer.status() != 400) {
            throw EngineException.unexpected("internal error when validating input data");
        }
        String message = message(answer);
        throw message == null
                ? EngineException.unexpected("received invalid response from input validation webhook")
                : EngineException.validation("$", message);
    }

    private Webhooks.Answer post(Validator validator, ObjectNode body, Session session) {
        try {
            return webhooks.post(
                    environment.resolve(validator.url()),
                    webhooks.headers(
                            validator.headers(),
                            environment,
                            validator.forwardClientHeaders()
                                    ? ClientHeaders.forwarded(session.clientHeaders())
                                    : Map.<String, String>of(),
                            session.trace()),
                    EngineJson.write(body),
                    validator.timeout());
        } catch (IOException | IllegalArgumentException e) {
            throw EngineException.unexpected("http exception when validating input data")
                    .withInternal(JsonNodeFactory.instance.stringNode(String.valueOf(e.getMessage())));
        }
    }

    private static @Nullable String message(Webhooks.Answer answer) {
        try {
            JsonNode message = EngineJson.parse(answer.body()).path("message");
            return message.isString() ? message.stringValue() : null;
        } catch (JacksonException e) {
            return null;
        }
    }
}
