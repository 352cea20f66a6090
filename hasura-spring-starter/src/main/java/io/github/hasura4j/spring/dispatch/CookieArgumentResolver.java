package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookCookie;
import io.github.hasura4j.spring.WebhookHeaders;
import org.jspecify.annotations.Nullable;

/** One cookie of the client, for parameters with {@link WebhookCookie}. */
final class CookieArgumentResolver implements HandlerArgumentResolver {

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        WebhookCookie cookie = parameter.annotation(WebhookCookie.class);
        if (cookie == null) {
            return null;
        }
        if (parameter.rawType() != String.class) {
            throw new InvalidHandlerException("@WebhookCookie(\"%s\") needs a String, not %s"
                    .formatted(cookie.value(), parameter.rawType().getSimpleName()));
        }
        String name = cookie.value();
        return call -> find(name, call.headers());
    }

    private static @Nullable String find(String name, WebhookHeaders headers) {
        for (String header : headers.all("cookie")) {
            for (String pair : header.split(";")) {
                int equals = pair.indexOf('=');
                if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                    String value = pair.substring(equals + 1).strip();
                    boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                    return quoted ? value.substring(1, value.length() - 1) : value;
                }
            }
        }
        return null;
    }
}
