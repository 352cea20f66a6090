package io.github.hasura4j.test.spring;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.auth.AuthHook;
import io.github.hasura4j.test.engine.http.Webhooks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A request whose sender the auth hook is to tell. Asked by GET, as the engine does by default. */
public final class AuthHookCall {

    private final HasuraTester tester;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private boolean post;
    private @Nullable JsonNode request;

    AuthHookCall(HasuraTester tester, Map<String, String> headers) {
        this.tester = tester;
        headers.forEach((name, value) -> this.headers.put(name, List.of(value)));
    }

    /** Asks by POST, as with {@code HASURA_GRAPHQL_AUTH_HOOK_MODE=POST}, about this GraphQL document. */
    public AuthHookCall post(String document) {
        post = true;
        request = JsonNodeFactory.instance.objectNode().put("query", document);
        return this;
    }

    /**
     * Asks the hook.
     *
     * @throws AssertionError if the engine would not take the answer
     */
    public AuthHookOutcome ask() {
        String url = tester.caller().url(WebhookKind.AUTH_HOOK, tester.caller().secret(WebhookKind.AUTH_HOOK));
        AuthHook hook = new AuthHook(new Webhooks(tester.caller().exchange()), new AuthHook.Settings(url, post, true));
        try {
            AuthHook.Verdict verdict = hook.ask(headers, request, Trace.fresh());
            return new AuthHookOutcome(verdict.variables());
        } catch (EngineException e) {
            if (e.code().equals("access-denied")) {
                return new AuthHookOutcome(null);
            }
            throw Refusals.notTaken("the auth hook", e);
        }
    }
}
