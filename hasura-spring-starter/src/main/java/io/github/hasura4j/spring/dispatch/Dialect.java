package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.ActionError;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;

/**
 * What sets one kind of call apart from the others: how a request says whom it is for, and what of an outcome the engine
 * understands.
 */
interface Dialect {

    static Dialect of(WebhookKind kind) {
        return switch (kind) {
            case ACTION -> new ActionDialect();
            case EVENT -> new EventDialect();
            case SCHEDULED -> new ScheduledDialect();
            case VALIDATION -> new ValidationDialect();
            case AUTH_HOOK -> new AuthHookDialect();
        };
    }

    /** Whether the engine calls with this HTTP method. */
    default boolean allows(String method) {
        return method.equals("POST");
    }

    /**
     * The name of the handler a request is for.
     *
     * @throws Refusal if it does not say
     */
    String handlerName(WebhookRequest request, byte[] body, NameScanner names);

    /** The code of a refusal for a name that no handler has. */
    String unknownCode();

    /**
     * What to tell about a handler that returned; the engine keeps it in a log, if nothing else.
     *
     * @param result what it returned, {@code Optional}s unpacked
     */
    default Told success(@Nullable Object result) {
        return result == null ? Told.DONE : Told.ok(result);
    }

    /** The refusal that an exception of the handler means for this kind of call, or null if it means none. */
    default @Nullable HasuraActionException refusal(Throwable thrown) {
        return thrown instanceof HasuraActionException refusal ? refusal : null;
    }

    /** What to tell about a call whose handler refused it. */
    default Told refused(int status, ActionError error) {
        return new Told(status, error, List.of());
    }

    /** What to tell about a request that did not get as far as a handler, or that failed there. */
    default Told rejected(int status, ActionError error) {
        return new Told(status, error, List.of());
    }

    /**
     * What the engine is told.
     *
     * @param status the HTTP status
     * @param body what becomes the JSON body
     * @param cookies the texts of {@code Set-Cookie} headers
     */
    record Told(int status, @Nullable Object body, List<String> cookies) {

        /** Success without anything to say; a JSON object, so that nobody has to wonder about an empty body. */
        static final Told DONE = new Told(200, Map.of(), List.of());

        static Told ok(@Nullable Object body) {
            return new Told(200, body, List.of());
        }
    }
}
