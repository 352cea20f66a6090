package io.github.hasura4j.test.engine.auth;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Where a token keeps what Hasura wants to know: in a namespace, at a path, or here and there ({@code claims_map}). */
interface HasuraClaims {

    String ALLOWED_ROLES = "x-hasura-allowed-roles";
    String DEFAULT_ROLE = "x-hasura-default-role";

    /**
     * The {@code x-hasura-*} claims of a token, names in lower case.
     *
     * @throws EngineException if the token does not have them
     */
    Map<String, JsonNode> in(JsonNode token);

    /** Reads {@code claims_map}, or {@code claims_namespace} and its kin, of a JWT secret. */
    static HasuraClaims from(JsonNode secret) {
        if (secret.hasNonNull("claims_map")) {
            return mapped(secret.path("claims_map"));
        }
        boolean stringified = secret.path("claims_format").asString("json").equals("stringified_json");
        if (!secret.hasNonNull("claims_namespace_path")) {
            String name = secret.path("claims_namespace").asString("https://hasura.io/jwt/claims");
            return namespaced(token -> token.path(name), "claims key: '" + name + "'", stringified);
        }
        if (secret.hasNonNull("claims_namespace")) {
            throw new LocalHasuraException(
                    "The JWT secret has both claims_namespace and claims_namespace_path: leave one of them out", null);
        }
        JsonPath path = path(secret.path("claims_namespace_path").asString(""));
        return namespaced(path::in, "claims path: '" + path + "'", stringified);
    }

    private static HasuraClaims namespaced(UnaryOperator<JsonNode> namespace, String name, boolean stringified) {
        return token -> {
            JsonNode claims = namespace.apply(token);
            if (stringified && claims.isString()) {
                claims = parse(claims.stringValue());
            }
            if (!claims.isObject()) {
                throw EngineException.of("jwt-invalid-claims", "$", name + " not found");
            }
            Map<String, JsonNode> found = new LinkedHashMap<>();
            claims.properties().forEach(claim -> found.put(claim.getKey().toLowerCase(Locale.ROOT), claim.getValue()));
            return found;
        };
    }

    private static JsonNode parse(String text) {
        try {
            return EngineJson.parse(text);
        } catch (JacksonException e) {
            throw EngineException.of("jwt-invalid-claims", "$", "invalid hasura claims: not JSON");
        }
    }

    private static HasuraClaims mapped(JsonNode map) {
        Map<String, UnaryOperator<JsonNode>> sources = new LinkedHashMap<>();
        map.properties().forEach(entry -> {
            String claim = entry.getKey().toLowerCase(Locale.ROOT);
            JsonNode value = entry.getValue();
            if (!value.isObject()) {
                sources.put(claim, token -> value);
                return;
            }
            JsonPath path = path(value.path("path").asString(""));
            JsonNode otherwise = value.path("default");
            sources.put(claim, token -> {
                JsonNode found = path.in(token);
                return found.isMissingNode() ? otherwise : found;
            });
        });
        for (String role : new String[] {ALLOWED_ROLES, DEFAULT_ROLE}) {
            if (!sources.containsKey(role)) {
                throw new LocalHasuraException("The JWT secret's claims_map lacks " + role, null);
            }
        }
        return token -> {
            Map<String, JsonNode> found = new LinkedHashMap<>();
            sources.forEach((claim, source) -> found.put(claim, required(claim, source.apply(token))));
            return found;
        };
    }

    private static JsonNode required(String claim, JsonNode value) {
        if (value.isMissingNode()) {
            boolean role = claim.equals(ALLOWED_ROLES) || claim.equals(DEFAULT_ROLE);
            throw EngineException.of(
                    role ? "jwt-missing-role-claims" : "jwt-invalid-claims",
                    "$",
                    "JWT claim from claims_map, " + claim + ", not found");
        }
        return value;
    }

    private static JsonPath path(String text) {
        try {
            return new JsonPath(text);
        } catch (IllegalArgumentException e) {
            throw new LocalHasuraException("The JWT secret cannot be used: " + e.getMessage(), e);
        }
    }
}
