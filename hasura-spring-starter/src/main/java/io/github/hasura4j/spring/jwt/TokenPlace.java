package io.github.hasura4j.spring.jwt;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where in a request the token travels: the secret's {@code header}. */
sealed interface TokenPlace {

    /** The token of a request with these headers; empty if it has none. */
    Optional<String> find(Function<? super String, ? extends @Nullable String> headers);

    static TokenPlace from(@Nullable JsonNode header) {
        if (header == null || header.isNull()) {
            return new BearerToken();
        }
        String type = header.path("type").asString("").toLowerCase(Locale.ROOT);
        String name = header.path("name").asString("");
        boolean named = type.equals("cookie") || type.equals("customheader");
        if (!header.isObject() || (named ? name.isBlank() : !type.equals("authorization"))) {
            throw new IllegalArgumentException("The JWT secret's 'header' should be {\"type\": \"Authorization\"},"
                    + " {\"type\": \"Cookie\", \"name\": \"…\"} or {\"type\": \"CustomHeader\", \"name\": \"…\"}");
        }
        return switch (type) {
            case "cookie" -> new CookieToken(name);
            case "customheader" -> new HeaderToken(name);
            default -> new BearerToken();
        };
    }

    /** {@code Authorization: Bearer …}. */
    record BearerToken() implements TokenPlace {

        @Override
        public Optional<String> find(Function<? super String, ? extends @Nullable String> headers) {
            String value = headers.apply("Authorization");
            if (value == null) {
                return Optional.empty();
            }
            String[] words = value.strip().split("\\s+");
            if (words.length != 2 || !words[0].equals("Bearer")) {
                throw HasuraJwtException.invalidHeaders("Malformed Authorization header");
            }
            return Optional.of(words[1]);
        }
    }

    /**
     * A cookie.
     *
     * @param name the cookie's name
     */
    record CookieToken(String name) implements TokenPlace {

        @Override
        public Optional<String> find(Function<? super String, ? extends @Nullable String> headers) {
            String value = headers.apply("Cookie");
            if (value == null) {
                return Optional.empty();
            }
            List<String> tokens = new ArrayList<>();
            Arrays.stream(value.split(";"))
                    .map(String::strip)
                    .filter(cookie -> cookie.startsWith(name + "="))
                    .forEach(cookie -> tokens.add(cookie.substring(name.length() + 1)));
            if (tokens.size() > 1) {
                throw HasuraJwtException.invalidHeaders("Could not verify JWT: Multiple JWTs found");
            }
            return tokens.stream().findFirst();
        }
    }

    /**
     * A header that holds the bare token.
     *
     * @param name the header's name
     */
    record HeaderToken(String name) implements TokenPlace {

        @Override
        public Optional<String> find(Function<? super String, ? extends @Nullable String> headers) {
            return Optional.<String>ofNullable(headers.apply(name)).map(String::strip);
        }
    }
}
