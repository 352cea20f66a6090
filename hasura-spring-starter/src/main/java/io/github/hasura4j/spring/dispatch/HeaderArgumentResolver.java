package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HandlerArgumentResolver;
import io.github.hasura4j.spring.HandlerParameter;
import io.github.hasura4j.spring.WebhookHeader;
import org.jspecify.annotations.Nullable;

/** One header, for parameters with {@link WebhookHeader}. */
final class HeaderArgumentResolver implements HandlerArgumentResolver {

    @Override
    public @Nullable Argument resolve(HandlerParameter parameter) {
        WebhookHeader header = parameter.annotation(WebhookHeader.class);
        if (header == null) {
            return null;
        }
        if (parameter.rawType() != String.class) {
            throw new InvalidHandlerException("@WebhookHeader(\"%s\") needs a String, not %s"
                    .formatted(header.value(), parameter.rawType().getSimpleName()));
        }
        String name = header.value();
        return call -> call.headers().first(name);
    }
}
