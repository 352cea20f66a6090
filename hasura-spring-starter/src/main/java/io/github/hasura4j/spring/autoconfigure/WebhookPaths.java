package io.github.hasura4j.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.StringUtils;

/** Where the endpoints are: paths that begin with a slash and do not end with one, none of them below another. */
final class WebhookPaths {

    private static final String ACTIONS = "hasura.webhook.actions.path";
    private static final String EVENTS = "hasura.webhook.events.path";

    private WebhookPaths() {}

    static Map<WebhookKind, String> of(HasuraWebhookProperties properties) {
        String actions = checked(ACTIONS, properties.actions().path());
        String events = checked(EVENTS, properties.events().path());
        if ((actions + "/").startsWith(events + "/") || (events + "/").startsWith(actions + "/")) {
            throw new InvalidConfigurationPropertyValueException(
                    EVENTS,
                    properties.events().path(),
                    "It is the path of '%s' ('%s'), or one of them is below the other, where names of handlers stand. Give %s and %s paths beside each other."
                            .formatted(ACTIONS, properties.actions().path(), ACTIONS, EVENTS));
        }
        Map<WebhookKind, String> paths = new LinkedHashMap<>();
        paths.put(WebhookKind.ACTION, actions);
        paths.put(WebhookKind.EVENT, events);
        return paths;
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
