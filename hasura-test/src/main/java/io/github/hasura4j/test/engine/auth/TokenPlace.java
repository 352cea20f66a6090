package io.github.hasura4j.test.engine.auth;

import java.util.Locale;
import java.util.Map;

import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.engine.EngineException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where requests carry their token. */
interface TokenPlace {

    /**
     * The token of a request; null if there is none in this place.
     *
     * @param headers the request's headers, names in lower case
     */
    @Nullable
    String in(Map<String, String> headers);

    /** Reads {@code header} of a JWT secret, {@code {"type": "Cookie", "name": "…"}} for instance. */
    static TokenPlace from(JsonNode header) {
        String type = header.path("type").asString("Authorization");
        String name = header.path("name").asString("");
        return switch (type) {
            case "Authorization" -> TokenPlace::bearer;
            case "Cookie" -> headers -> cookie(name, headers.get("cookie"));
            case "CustomHeader" -> headers -> headers.get(name.toLowerCase(Locale.ROOT));
            default ->
                throw new LocalHasuraException(
                        "The JWT secret's header has the type '" + type
                                + "'. It is Authorization, Cookie or CustomHeader",
                        null);
        };
    }

    private static @Nullable String bearer(Map<String, String> headers) {
        String authorization = headers.get("authorization");
        if (authorization == null) {
            return null;
        }
        if (!authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw EngineException.of("invalid-headers", "$", "Malformed Authorization header");
        }
        return authorization.substring(7).strip();
    }

    private static @Nullable String cookie(String name, @Nullable String cookies) {
        if (cookies != null) {
            for (String cookie : cookies.split(";")) {
                int equals = cookie.indexOf('=');
                if (equals > 0 && cookie.substring(0, equals).strip().equals(name)) {
                    return cookie.substring(equals + 1).strip();
                }
            }
        }
        return null;
    }
}
