package io.github.hasura4j.example;

import java.util.UUID;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the example needs besides the starter's own properties.
 *
 * @param username Name of the one user who can log in.
 * @param password Password of that user.
 * @param userId Id that the user's token carries as x-hasura-user-id.
 */
@ConfigurationProperties("example")
record ExampleProperties(
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
