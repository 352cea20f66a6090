package io.github.hasura4j.example;

import java.time.Duration;
import java.util.UUID;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What the example needs besides the starter's own properties.
 *
 * @param jwtSecret JSON that the engine has in HASURA_GRAPHQL_JWT_SECRET; tokens are signed with its key.
 * @param tokenLifetime How long a token is good for.
 * @param username Name of the one user who can log in.
 * @param password Password of that user.
 * @param userId Id that the user's token carries as x-hasura-user-id.
 */
@ConfigurationProperties("example")
@Validated
record ExampleProperties(
        @NotBlank String jwtSecret,
        @DefaultValue("1h") Duration tokenLifetime,
        @DefaultValue("username") String username,
        @DefaultValue("password") String password,

        @DefaultValue("5b7c9a52-6f0f-4a55-9d2e-0f6d5a6c1e11")
        UUID userId) {

    /** Leaves secrets out. */
    @Override
    public String toString() {
        return "ExampleProperties[username=" + username + "]";
    }
}
