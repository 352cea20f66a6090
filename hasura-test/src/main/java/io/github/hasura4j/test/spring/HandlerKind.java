package io.github.hasura4j.test.spring;

import java.util.List;

import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** What a URL of the metadata is for, and what the application says of it. */
enum HandlerKind {
    ACTION("hasura.webhook.actions", ".path", "/hasura/actions"),
    EVENT("hasura.webhook.events", ".path", "/hasura/events"),
    SCHEDULED("hasura.webhook.scheduled", ".path", "/hasura/scheduled"),
    VALIDATION("hasura.webhook.validations", ".path", "/hasura/validations"),
    REMOTE_SCHEMA("hasura.remote-schema", "", "/graphql");

    private final String prefix;
    private final String path;
    private final String usualPath;

    HandlerKind(String prefix, String path, String usualPath) {
        this.prefix = prefix;
        this.path = path;
        this.usualPath = usualPath;
    }

    /** Where the starter answers. */
    String path(Environment properties) {
        String property = path.isEmpty() ? "spring.graphql.http.path" : prefix + path;
        return properties.getProperty(property, usualPath);
    }

    /** The secret that the application wants of these; empty if it has none. */
    String secret(Environment properties) {
        for (String property : List.of(
                prefix + ".secret",
                prefix + ".secrets[0]",
                prefix + ".secrets",
                "hasura.webhook.secret",
                "hasura.webhook.secrets[0]",
                "hasura.webhook.secrets")) {
            String value = properties.getProperty(property);
            if (StringUtils.hasText(value)) {
                return property.endsWith("s") ? value.split(",", 2)[0].strip() : value.strip();
            }
        }
        return "";
    }
}
