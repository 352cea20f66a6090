package io.github.hasura4j.example;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraActionException;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import jakarta.validation.constraints.NotBlank;
import org.springframework.stereotype.Component;

/** The action {@code login(username: String!, password: String!): LoginResponse}. */
// tag::login[]
@Component
class Login {

    record LoginResponse(@JsonProperty("AccessToken") String accessToken) {}

    private final ExampleProperties properties;
    private final HasuraJwt jwt;

    Login(ExampleProperties properties, HasuraJwt jwt) {
        this.properties = properties;
        this.jwt = jwt;
    }

    @HasuraAction(permissions = "anonymous", comment = "trades a username and a password for a token")
    LoginResponse login(@NotBlank String username, @NotBlank String password) {
        if (!same(username, properties.username()) | !same(password, properties.password())) {
            throw HasuraActionException.of("invalid-credentials", "Wrong username or password");
        }
        return new LoginResponse(jwt.token()
                .subject(properties.userId())
                .roles("user")
                .variable("x-hasura-user-id", properties.userId())
                .sign());
    }
    // end::login[]

    /** Takes the same time whatever differs. */
    private static boolean same(String given, String expected) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
    }
}
