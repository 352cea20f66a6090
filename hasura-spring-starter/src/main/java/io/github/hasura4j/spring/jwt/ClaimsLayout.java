package io.github.hasura4j.spring.jwt;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where the {@code x-hasura-*} claims stand in a token, as the engine is told to look for them. */
sealed interface ClaimsLayout permits NamespaceLayout, MapLayout {

    String PREFIX = "x-hasura-";
    String ALLOWED_ROLES = "x-hasura-allowed-roles";
    String DEFAULT_ROLE = "x-hasura-default-role";

    /**
     * What a token is to say.
     *
     * @param roles the allowed roles; empty to leave them to the {@code claims_map}
     * @param defaultRole the default role, or null if any will do
     * @param variables the session variables, names in lower case
     */
    record Wanted(List<String> roles, @Nullable String defaultRole, Map<String, String> variables) {}

    /** Puts the claims into the payload; throws {@link IllegalArgumentException} where there is no place for one. */
    void write(ObjectNode payload, Wanted wanted);

    /**
     * Finds the claims as the engine does, the two about roles among them, names in lower case.
     *
     * @throws HasuraJwtException if they are not where they should be
     */
    Map<String, JsonNode> read(ObjectNode payload);

    /** Whether tokens may leave the roles out. */
    boolean hasRolesOfItsOwn();

    /** Where the engine takes a claim from, for people: {@code "the claims_map fixes it"}. */
    String whereabouts(String claim);
}
