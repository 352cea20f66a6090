package io.github.hasura4j.spring.jwt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Each claim in a place of its own: {@code claims_map}.
 *
 * @param rules where each claim comes from; the two about roles are there
 */
record MapLayout(Map<String, Rule> rules) implements ClaimsLayout {

    /**
     * Where one claim comes from.
     *
     * @param path where it stands in the token; null for one that stands in the map itself
     * @param value what it is where the token has nothing there; null if it has to
     */
    record Rule(@Nullable JsonPath path, @Nullable JsonNode value) {}

    static MapLayout from(JsonNode map) {
        if (!map.isObject()) {
            throw new IllegalArgumentException(
                    "The JWT secret's claims_map is no object of claims, like {\"x-hasura-user-id\": {\"path\": \"$.sub\"}}");
        }
        Map<String, Rule> rules = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            String name = entry.getKey().toLowerCase(Locale.ROOT);
            boolean ofRoles = name.equals(ALLOWED_ROLES) || name.equals(DEFAULT_ROLE);
            if (!name.startsWith(PREFIX) || (ofRoles && !name.equals(entry.getKey()))) {
                throw new IllegalArgumentException("The JWT secret's claims_map has '%s'. The engine knows %s"
                        .formatted(
                                entry.getKey(), ofRoles ? "that one in lower case only" : "names with x-hasura- only"));
            }
            rules.put(name, rule(name, entry.getValue()));
        });
        for (String needed : List.of(ALLOWED_ROLES, DEFAULT_ROLE)) {
            if (!rules.containsKey(needed)) {
                throw new IllegalArgumentException(
                        "The JWT secret's claims_map has no %s. Say where it comes from,".formatted(needed)
                                + " like {\"path\": \"$.roles\"}, or what it is");
            }
        }
        return new MapLayout(rules);
    }

    private static Rule rule(String name, JsonNode value) {
        if (!value.isObject()) {
            return new Rule(null, ofItsType(name, value));
        }
        if (!value.path("path").isString()) {
            throw new IllegalArgumentException(
                    "The JWT secret's claims_map has no 'path' for %s, which should look like $.user.id"
                            .formatted(name));
        }
        JsonPath path = JsonPath.parse(value.path("path").stringValue(), "The claims_map's path for " + name);
        return new Rule(path, value.hasNonNull("default") ? ofItsType(name, value.get("default")) : null);
    }

    private static JsonNode ofItsType(String name, JsonNode value) {
        boolean right = name.equals(ALLOWED_ROLES)
                ? value.isArray() && value.valueStream().allMatch(JsonNode::isString)
                : value.isString();
        if (!right) {
            throw new IllegalArgumentException("The JWT secret's claims_map gives %s a value that is no %s"
                    .formatted(name, name.equals(ALLOWED_ROLES) ? "list of texts" : "text"));
        }
        return value;
    }

    @Override
    public void write(ObjectNode payload, Wanted wanted) {
        List<String> roles = inOrder(wanted);
        if (!roles.isEmpty()) {
            ArrayNode list = payload.arrayNode();
            roles.forEach(list::add);
            put(payload, ALLOWED_ROLES, list);
        }
        String defaultRole = wanted.defaultRole() != null || roles.isEmpty() ? wanted.defaultRole() : roles.get(0);
        if (defaultRole != null) {
            put(payload, DEFAULT_ROLE, payload.stringNode(defaultRole));
        }
        wanted.variables().forEach((name, value) -> put(payload, name, payload.stringNode(value)));
    }

    /** The default role first where the map takes it from there: {@code $.roles} and {@code $.roles[0]} are a common pair. */
    private List<String> inOrder(Wanted wanted) {
        JsonPath all = rule(ALLOWED_ROLES).path();
        JsonPath one = rule(DEFAULT_ROLE).path();
        if (wanted.defaultRole() == null || all == null || one == null || !one.isFirstOf(all)) {
            return wanted.roles();
        }
        List<String> roles = new ArrayList<>(wanted.roles());
        if (roles.remove(wanted.defaultRole())) {
            roles.add(0, wanted.defaultRole());
        }
        return roles;
    }

    private void put(ObjectNode payload, String claim, JsonNode value) {
        Rule rule = rules.get(claim);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "The engine would not see %s: the claims_map has no entry for it. Add one, or leave it out"
                            .formatted(claim));
        }
        JsonPath path = rule.path();
        if (path != null && !path.put(payload, value)) {
            throw new IllegalArgumentException(
                    "The claims_map takes %s from %s, where another claim stands already.".formatted(claim, path.text())
                            + " Give both the same value, or change the map");
        }
    }

    @Override
    public Map<String, JsonNode> read(ObjectNode payload) {
        Map<String, JsonNode> claims = new LinkedHashMap<>();
        rules.forEach((name, rule) -> {
            JsonNode value = rule.path() == null ? null : rule.path().find(payload);
            if (value == null) {
                value = rule.value();
            }
            if (value != null) {
                claims.put(name, value);
            } else if (!name.equals(ALLOWED_ROLES) && !name.equals(DEFAULT_ROLE)) {
                throw HasuraJwtException.invalidClaims("JWT claim from claims_map, %s not found".formatted(name));
            }
        });
        return claims;
    }

    @Override
    public boolean hasRolesOfItsOwn() {
        return rule(ALLOWED_ROLES).value() != null;
    }

    @Override
    public String whereabouts(String claim) {
        Rule rule = rules.get(claim);
        JsonPath path = rule == null ? null : rule.path();
        return path == null ? "the claims_map fixes it" : "the claims_map takes it from " + path.text();
    }

    private Rule rule(String needed) {
        return Objects.requireNonNull(rules.get(needed));
    }
}
