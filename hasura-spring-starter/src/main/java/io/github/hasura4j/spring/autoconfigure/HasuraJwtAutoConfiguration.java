package io.github.hasura4j.spring.autoconfigure;

import java.time.Clock;

import com.nimbusds.jose.JWSObject;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.util.StringUtils;

/** Mints and verifies tokens, as soon as the engine's secret is known; with the application's own clock if it has one. */
@AutoConfiguration
@ConditionalOnClass(JWSObject.class)
@ConditionalOnProperty("hasura.jwt.secret")
@EnableConfigurationProperties(HasuraJwtProperties.class)
public final class HasuraJwtAutoConfiguration {

    /** Lazy, so that an empty secret, as {@code ${HASURA_GRAPHQL_JWT_SECRET:}} gives, stops only who needs it. */
    @Bean
    @Lazy
    @ConditionalOnMissingBean
    HasuraJwt hasuraJwt(HasuraJwtProperties properties, ObjectProvider<Clock> clock) {
        String secret = properties.secret();
        if (!StringUtils.hasText(secret)) {
            throw new IllegalArgumentException(
                    "The property hasura.jwt.secret is empty. Set it to the JSON that the engine has"
                            + " in HASURA_GRAPHQL_JWT_SECRET");
        }
        HasuraJwt jwt = HasuraJwt.from(secret)
                .expiringIn(properties.expiresIn())
                .withClock(clock.getIfUnique(Clock::systemUTC));
        return StringUtils.hasText(properties.privateKey()) ? jwt.signingWith(properties.privateKey()) : jwt;
    }
}
