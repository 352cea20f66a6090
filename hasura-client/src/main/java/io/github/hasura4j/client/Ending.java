package io.github.hasura4j.client;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hasura4j.client.HasuraTransportException.Reason;
import io.github.hasura4j.client.HasuraTransportException.Sent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why a connection ended, and what that means. A close code says little: the engine closes with 1000 and the real code in the
 * reason, and says {@code connection_error} where the protocol has no such message.
 *
 * @param meaning what to do about it
 * @param what what happened, for the middle of a sentence
 * @param refusal what the engine said against the credentials, if it did
 */
record Ending(
        Meaning meaning,
        Reason reason,
        String what,
        @Nullable Integer status,
        @Nullable String refusal,
        @Nullable RuntimeException thrown,
        @Nullable Throwable cause) {

    enum Meaning {
        /** Connect again in a while. */
        INTERRUPTED,
        /** Ask for credentials again. */
        REFUSED,
        /** As interrupted, but if it never worked it will not: an address or a setting is wrong. */
        MISCONFIGURED,
        /** It would happen again. */
        HOPELESS
    }

    private static final Pattern CODE_IN_TEXT = Pattern.compile("^(\\d{4})\\b:?\\s*");
    private static final Pattern AUTHENTICATION = Pattern.compile(
            "jwt|unauthori[sz]ed|forbidden|denied|authenticat|authori[sz]|admin-secret|allowed roles",
            Pattern.CASE_INSENSITIVE);
    private static final int LONGEST_SHOWN = 200;

    static Ending closed(int code, String reason, JsonMapper mapper) {
        String text = serverMessage(reason, mapper);
        Matcher inner = CODE_IN_TEXT.matcher(text);
        int meant = code == 1000 && inner.find() ? Integer.parseInt(inner.group(1)) : code;
        boolean refused = meant == 4400 || meant == 4401 || meant == 4403 || saysAuthentication(text);
        String what = "was closed with %d%s".formatted(code, text.isEmpty() ? "" : ": " + shown(text));
        return refused
                ? refused(what, text.isEmpty() ? "closed with " + meant : text)
                : new Ending(Meaning.INTERRUPTED, Reason.BROKEN, what, null, null, null, null);
    }

    /** @param payload the JSON of {@code connection_error}, usually a text */
    static Ending connectionError(@Nullable String payload, JsonMapper mapper) {
        String text = serverMessage(payload == null ? "" : payload, mapper);
        String what = "got a connection_error%s".formatted(text.isEmpty() ? "" : ": " + shown(text));
        return saysAuthentication(text)
                ? refused(what, text)
                : new Ending(Meaning.INTERRUPTED, Reason.BROKEN, what, null, null, null, null);
    }

    static Ending notConnected(Throwable failure) {
        Throwable cause = failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof WebSocketHandshakeException handshake) {
            int status = handshake.getResponse().statusCode();
            if (status == 101) {
                return wrongProtocol();
            }
            String what = "was answered with HTTP status %d instead of a WebSocket".formatted(status);
            if (status == 401 || status == 403) {
                return refused(what, "HTTP status " + status);
            }
            boolean wrong = status / 100 == 3 || status / 100 == 4 && status != 408 && status != 425 && status != 429;
            return new Ending(
                    wrong ? Meaning.MISCONFIGURED : Meaning.INTERRUPTED, Reason.STATUS, what, status, null, null, null);
        }
        return new Ending(Meaning.INTERRUPTED, Reason.CONNECT, "did not come about", null, null, null, cause);
    }

    static Ending noCredentials(RuntimeException thrown) {
        return new Ending(
                Meaning.MISCONFIGURED, Reason.CONNECT, "got no credentials to send", null, null, thrown, thrown);
    }

    static Ending wrongProtocol() {
        return new Ending(
                Meaning.MISCONFIGURED,
                Reason.NOT_GRAPHQL,
                "was accepted by a server that does not speak graphql-transport-ws; is the endpoint the engine's /v1/graphql?",
                null,
                null,
                null,
                null);
    }

    static Ending notAcknowledged(Duration timeout) {
        return new Ending(
                Meaning.INTERRUPTED, Reason.TIMEOUT, "was not acknowledged within " + timeout, null, null, null, null);
    }

    static Ending silent(Duration timeout) {
        return new Ending(Meaning.INTERRUPTED, Reason.TIMEOUT, "was silent for " + timeout, null, null, null, null);
    }

    static Ending tooLong(int limit) {
        return new Ending(
                Meaning.HOPELESS,
                Reason.LIMIT,
                "got a message of more than %d characters; ask for less, or raise maxMessageLength in the SubscriptionSettings"
                        .formatted(limit),
                null,
                null,
                null,
                null);
    }

    static Ending notJson(JacksonException e) {
        return new Ending(
                Meaning.INTERRUPTED,
                Reason.NOT_GRAPHQL,
                "got a message that is no JSON",
                null,
                null,
                null,
                HasuraException.withoutMessage(e));
    }

    static Ending broken(Throwable cause) {
        return new Ending(Meaning.INTERRUPTED, Reason.BROKEN, "broke", null, null, null, cause);
    }

    /** A spare connection that would not live longer than the one it is for. */
    static Ending notFresher() {
        return new Ending(Meaning.INTERRUPTED, Reason.CONNECT, "got a token that is no newer", null, null, null, null);
    }

    private static Ending refused(String what, String text) {
        return new Ending(Meaning.REFUSED, Reason.STATUS, what, null, shown(text), null, null);
    }

    private static boolean saysAuthentication(String text) {
        return AUTHENTICATION.matcher(text).find();
    }

    /** The text inside {@code {"server_error_msg": "…"}}, of a JSON text, or of an object's message; else what there is. */
    private static String serverMessage(String reason, JsonMapper mapper) {
        if (!reason.startsWith("{") && !reason.startsWith("\"")) {
            return reason;
        }
        try {
            JsonNode json = mapper.readTree(reason);
            if (json.isString()) {
                return json.stringValue();
            }
            for (String name : new String[] {"server_error_msg", "message", "error"}) {
                if (json.path(name).isString()) {
                    return json.path(name).stringValue();
                }
            }
        } catch (JacksonException e) {
            // The reason may be cut off after 123 bytes: it is shown as it is.
        }
        return reason;
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    }

    /** What an operation is told, unless the credentials were refused. */
    RuntimeException exception(URI endpoint) {
        if (thrown != null) {
            return thrown;
        }
        return new HasuraTransportException(
                "The connection for subscriptions (%s) %s.".formatted(endpoint, what),
                reason,
                reason == Reason.CONNECT || reason == Reason.STATUS ? Sent.NO : Sent.MAYBE,
                status,
                cause);
    }
}
