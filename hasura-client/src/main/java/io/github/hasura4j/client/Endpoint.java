package io.github.hasura4j.client;

import java.net.URI;
import java.util.List;

/** From what a user configures to the address that requests go to. */
final class Endpoint {

    private static final String GRAPHQL = "/v1/graphql";
    private static final List<String> KNOWN = List.of(GRAPHQL, "/v1alpha1/graphql", "/v1/relay", "/v1beta1/relay");

    private Endpoint() {}

    static URI of(URI given) {
        boolean http = "http".equalsIgnoreCase(given.getScheme()) || "https".equalsIgnoreCase(given.getScheme());
        if (!http || given.getHost() == null) {
            throw new IllegalArgumentException(
                    "The endpoint has to be an http or https address with a host, such as http://graphql-engine:8080");
        }
        if (given.getRawUserInfo() != null || given.getRawQuery() != null || given.getRawFragment() != null) {
            // Not shown: it may well be a password.
            throw new IllegalArgumentException(
                    "The endpoint has a user, a query or a fragment. Say only where the engine is; adminSecret(…), bearerToken(…) and header(…) say the rest.");
        }
        String path = given.getRawPath() == null ? "" : given.getRawPath();
        while (path.endsWith("/")) {
            path = path.substring(0, path.length() - 1);
        }
        String full = KNOWN.stream().anyMatch(path::endsWith) ? path : path + GRAPHQL;
        return URI.create(given.getScheme() + "://" + given.getRawAuthority() + full);
    }

    /** Another address of the same engine, also where it is behind a path. */
    static URI sibling(URI endpoint, String path) {
        String own = endpoint.getRawPath();
        String graphQl = KNOWN.stream().filter(own::endsWith).findFirst().orElseThrow();
        String prefix = own.substring(0, own.length() - graphQl.length());
        return URI.create(endpoint.getScheme() + "://" + endpoint.getRawAuthority() + prefix + path);
    }
}
