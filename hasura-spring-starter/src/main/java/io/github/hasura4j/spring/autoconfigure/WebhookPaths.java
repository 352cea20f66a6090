package io.github.hasura4j.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/** Where the endpoints are: paths that begin with a slash and do not end with one, none of them below another. */
final class WebhookPaths {

    private WebhookPaths() {}

    static Map<WebhookKind, String> of(HasuraWebhookProperties properties) {
        Map<WebhookKind, String> paths = new LinkedHashMap<>();
        properties.endpoints().forEach((kind, endpoint) -> {
            String path = checked(property(kind), endpoint.path());
            paths.forEach((other, already) -> {
                if ((path + "/").startsWith(already + "/") || (already + "/").startsWith(path + "/")) {
                    throw new InvalidConfigurationPropertyValueException(
                            property(kind),
                            endpoint.path(),
                            "It is the path of '%s' ('%s'), or one of them is below the other, where names of handlers stand. Give %s and %s paths beside each other."
                                    .formatted(property(other), already, property(other), property(kind)));
                }
            });
            paths.put(kind, path);
        });
        return paths;
    }

    private static String property(WebhookKind kind) {
        String name = switch (kind) {
            case ACTION -> "actions";
            case EVENT -> "events";
            case SCHEDULED -> "scheduled";
            case VALIDATION -> "validations";
            case AUTH_HOOK -> "auth-hook";
        };
        return "hasura.webhook." + name + ".path";
    }

    private static String checked(String property, String value) {
        String path = StringUtils.trimTrailingCharacter(value.strip(), '/');
        if (path.isEmpty()) {
            throw new InvalidConfigurationPropertyValueException(
                    property,
                    value,
                    "It is empty, so it would take every request. Give a path such as '/hasura/actions'.");
        }
        if (path.matches(".*[{}*].*")) {
            throw new InvalidConfigurationPropertyValueException(
                    property, value, "It is a pattern, but has to be a plain path: names of handlers are added to it.");
        }
        return path.startsWith("/") ? path : "/" + path;
    }
}
