package io.github.hasura4j.test.spring;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The variables of the metadata that say where handlers are, and those that hold a secret for them. */
final class HandlerVariables {

    private static final Pattern BEGINNING = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}(.*)");

    private final String secretHeader;

    /** Those that are followed by a path in URLs. */
    private final Set<String> bases = new LinkedHashSet<>();

    private final Map<String, HandlerKind> whole = new LinkedHashMap<>();
    private final Map<String, HandlerKind> secrets = new LinkedHashMap<>();

    private HandlerVariables(String secretHeader) {
        this.secretHeader = secretHeader;
    }

    /**
     * @param metadata the metadata document
     * @param secretHeader the header in which the application wants its secret
     */
    static HandlerVariables of(JsonNode metadata, String secretHeader) {
        HandlerVariables variables = new HandlerVariables(secretHeader);
        variables.search(metadata.path("actions"), HandlerKind.ACTION);
        variables.search(metadata.path("cron_triggers"), HandlerKind.SCHEDULED);
        variables.search(metadata.path("remote_schemas"), HandlerKind.REMOTE_SCHEMA);
        variables.search(metadata.path("sources"), HandlerKind.EVENT);
        return variables;
    }

    /** Variables that hold a base URL. */
    Set<String> bases() {
        return bases;
    }

    /** Variables that hold a whole URL, and of what. */
    Map<String, HandlerKind> whole() {
        return whole;
    }

    /** Variables that hold the secret that handlers of a kind want. */
    Map<String, HandlerKind> secrets() {
        return secrets;
    }

    private void search(JsonNode node, HandlerKind kind) {
        if (node.isObject()) {
            node.properties().forEach(property -> {
                String key = property.getKey();
                JsonNode value = property.getValue();
                switch (key) {
                    case "handler", "webhook", "url" -> url(value, kind);
                    case "webhook_from_env", "url_from_env" -> whole(value.asString(""), kind);
                    case "headers" -> value.forEach(header -> header(header, kind));
                    case "validate_input" -> search(value, HandlerKind.VALIDATION);
                    // An address of the database, not of a handler.
                    case "configuration" -> {}
                    default -> search(value, kind);
                }
            });
        } else if (node.isArray()) {
            node.forEach(each -> search(each, kind));
        }
    }

    private void url(JsonNode value, HandlerKind kind) {
        if (value.isObject()) {
            whole(value.path("from_env").asString(""), kind);
            return;
        }
        Matcher template = BEGINNING.matcher(value.asString("").strip());
        if (template.matches()) {
            if (template.group(2).startsWith("/")) {
                bases.add(template.group(1));
            } else if (template.group(2).isEmpty()) {
                whole(template.group(1), kind);
            }
        }
    }

    private void whole(String variable, HandlerKind kind) {
        if (!variable.isEmpty()) {
            whole.putIfAbsent(variable, kind);
        }
    }

    private void header(JsonNode header, HandlerKind kind) {
        if (!header.path("name").asString("").equalsIgnoreCase(secretHeader)) {
            return;
        }
        @Nullable String variable = header.path("value_from_env").asString(null);
        Matcher template = BEGINNING.matcher(header.path("value").asString("").strip());
        if (variable != null) {
            secrets.putIfAbsent(variable, kind);
        } else if (template.matches() && template.group(2).isEmpty()) {
            secrets.putIfAbsent(template.group(1), kind);
        }
    }
}
