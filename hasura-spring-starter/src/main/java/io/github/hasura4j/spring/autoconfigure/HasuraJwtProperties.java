package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The tokens that this application mints and verifies.
 *
 * @param secret JSON that the engine has in HASURA_GRAPHQL_JWT_SECRET. Without it there is no HasuraJwt.
 * @param privateKey Private key in PEM (PKCS#8), where the secret holds a public one. Without it tokens can only be verified.
 * @param expiresIn How long a token is good that does not say so itself.
 */
@ConfigurationProperties("hasura.jwt")
public record HasuraJwtProperties(
        @Nullable String secret,
        @Nullable String privateKey,
        @DefaultValue("1h") Duration expiresIn) {

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "HasuraJwtProperties[expiresIn=" + expiresIn + "]";
    }
}
