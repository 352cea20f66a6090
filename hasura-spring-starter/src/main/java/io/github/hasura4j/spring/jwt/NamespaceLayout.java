package io.github.hasura4j.spring.jwt;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All claims in one object: {@code claims_namespace} or {@code claims_namespace_path}.
 *
 * @param setting the one of the two that says where
 * @param path where the object stands
 * @param stringified whether it stands there as a JSON text
 */
record NamespaceLayout(String setting, JsonPath path, boolean stringified) implements ClaimsLayout {

    /** The engine does not look for its claims under these. */
    private static final Set<String> REGISTERED = Set.of("iss", "sub", "aud", "exp", "nbf", "iat", "jti");

    NamespaceLayout {
        List<Object> steps = path.steps();
        if (steps.isEmpty() && stringified) {
            throw new IllegalArgumentException("The JWT secret has the claims_namespace_path '$' and the claims_format"
                    + " 'stringified_json': the whole token cannot be a text. Change one of them");
        }
        if (!steps.isEmpty() && (!(steps.get(0) instanceof String) || REGISTERED.contains(steps.get(0)))) {
            throw new IllegalArgumentException(
                    "The JWT secret's %s is '%s', where the engine does not look: it leaves %s to JWT itself"
                            .formatted(setting, path.text(), "iss, sub, aud, exp, nbf, iat and jti"));
        }
    }

    static NamespaceLayout named(String namespace, boolean stringified) {
        return new NamespaceLayout("claims_namespace", new JsonPath(namespace, List.of(namespace)), stringified);
    }

    static NamespaceLayout at(String path, boolean stringified) {
        String setting = "claims_namespace_path";
        return new NamespaceLayout(setting, JsonPath.parse(path, "The JWT secret's " + setting), stringified);
    }

    @Override
    public void write(ObjectNode payload, Wanted wanted) {
        boolean atRoot = path.steps().isEmpty();
        ObjectNode claims = atRoot ? payload : payload.objectNode();
        ArrayNode roles = claims.putArray(ALLOWED_ROLES);
        wanted.roles().forEach(roles::add);
        claims.put(DEFAULT_ROLE, wanted.defaultRole() == null ? wanted.roles().get(0) : wanted.defaultRole());
        wanted.variables().forEach(claims::put);
        if (!atRoot && !path.put(payload, stringified ? payload.stringNode(claims.toString()) : claims)) {
            throw new IllegalArgumentException(
                    "The claims for the engine belong to '%s', where another claim stands already. Leave that one out"
                            .formatted(path.text()));
        }
    }

    @Override
    public Map<String, JsonNode> read(ObjectNode payload) {
        JsonNode found = path.find(payload);
        if (found == null) {
            throw HasuraJwtException.invalidClaims(
                    setting.equals("claims_namespace")
                            ? "claims key: '%s' not found".formatted(path.text())
                            : "claims not found at claims_namespace_path: '%s'".formatted(path.text()));
        }
        Map<String, JsonNode> claims = new LinkedHashMap<>();
        object(found).properties().forEach(claim -> {
            String name = claim.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(PREFIX)) {
                claims.put(name, claim.getValue());
            }
        });
        return claims;
    }

    private ObjectNode object(JsonNode found) {
        if (!stringified) {
            if (found instanceof ObjectNode object) {
                return object;
            }
            throw HasuraJwtException.invalidClaims("expecting a json object when claims_format is json");
        }
        if (!found.isString()) {
            throw HasuraJwtException.invalidClaims("expecting a string when claims_format is stringified_json");
        }
        try {
            if (JsonMapper.shared().readTree(found.stringValue()) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            // Said below, without the text.
        }
        throw HasuraJwtException.invalidClaims(
                "expecting stringified json at: '%s %s'".formatted(setting, path.text()));
    }

    @Override
    public boolean hasRolesOfItsOwn() {
        return false;
    }

    @Override
    public String whereabouts(String claim) {
        return "it reads it at " + path.text();
    }
}
