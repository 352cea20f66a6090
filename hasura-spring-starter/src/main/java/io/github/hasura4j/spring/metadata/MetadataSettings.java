package io.github.hasura4j.spring.metadata;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.spring.WebhookKind;

/**
 * How the metadata reaches this application.
 *
 * @param handlerBase what URLs of handlers begin with, a template of the engine's such as {@code {{HANDLER_URL}}}
 * @param paths the endpoint of each kind
 * @param secretHeader the header that holds the webhook secret
 * @param secretEnv the engine's environment variable with the secret
 * @param guarded the kinds that are not handled without the secret
 */
public record MetadataSettings(
        String handlerBase,
        Map<WebhookKind, String> paths,
        String secretHeader,
        String secretEnv,
        Set<WebhookKind> guarded) {

    public MetadataSettings {
        handlerBase = handlerBase.endsWith("/") ? handlerBase.substring(0, handlerBase.length() - 1) : handlerBase;
        paths = Map.copyOf(new EnumMap<>(paths));
        guarded = Set.copyOf(new HashSet<>(guarded));
    }

    /** Where the engine finds the handlers of a kind. */
    public String url(WebhookKind kind) {
        return handlerBase + paths.getOrDefault(kind, "");
    }

    /** Whether a URL of the metadata leads to the handlers of a kind. */
    boolean isOurs(WebhookKind kind, String url) {
        return url.equals(url(kind)) || url.startsWith(url(kind) + "/");
    }

    /** Whether a URL of the metadata leads to a handler of this name. */
    boolean leadsTo(WebhookKind kind, String name, String url) {
        return url.equals(url(kind)) && kind != WebhookKind.VALIDATION || url.equals(url(kind) + "/" + name);
    }
}
