package io.github.hasura4j.test.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.validation.InputValidation;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A mutation whose input is to be validated. The role is {@code user} unless another is given: admin is never validated. */
public final class ValidationCall {

    private final HasuraTester tester;
    private final String name;
    private SessionVariables session = SessionVariables.ofRole("user");

    ValidationCall(HasuraTester tester, String name) {
        this.tester = tester;
        this.name = name;
    }

    /** Who makes the mutation. */
    public ValidationCall asRole(String role) {
        return session(SessionVariables.ROLE, role);
    }

    /** One more session variable. */
    public ValidationCall session(String variable, Object value) {
        session = session.with(variable, value);
        return this;
    }

    /**
     * Asks the handler.
     *
     * @param input the elements of {@code data.input}: rows of an insert, or {@code where} and {@code _set} of an update
     * @throws AssertionError if the engine would not take the answer
     */
    public ValidationOutcome validate(Object... input) {
        tester.requireHandler(WebhookKind.VALIDATION, name);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("version", 1).put("role", session.require(SessionVariables.ROLE));
        body.set("session_variables", EngineJson.tree(session.asMap()));
        body.putObject("data").set("input", tester.mapper().valueToTree(input));
        Webhooks webhooks = new Webhooks(tester.caller().exchange());
        try {
            InputValidation.judge(webhooks.post(
                    tester.caller().url(WebhookKind.VALIDATION, name),
                    webhooks.headers(
                            tester.caller().headers(WebhookKind.VALIDATION), new Environment(Map.of()), Trace.fresh()),
                    EngineJson.write(body),
                    Duration.ofSeconds(10)));
            return new ValidationOutcome(name, null);
        } catch (EngineException e) {
            if (e.status() < 500) {
                return new ValidationOutcome(name, e);
            }
            throw Refusals.notTaken("validation '" + name + "'", e);
        } catch (IOException e) {
            throw new AssertionError(
                    "http exception when validating input data, by validation '%s': %s".formatted(name, e.getMessage()),
                    e);
        }
    }
}
