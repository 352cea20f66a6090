package io.github.hasura4j.spring.autoconfigure;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

import com.nimbusds.jose.JWSObject;
import io.github.hasura4j.spring.jwt.HasuraJwt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class HasuraJwtAutoConfigurationTests {

    private static final String KEY = "a-key-for-this-test-only-0123456789";
    private static final String SECRET = "hasura.jwt.secret={\"type\": \"HS256\", \"key\": \"" + KEY + "\"}";

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(HasuraJwtAutoConfiguration.class));

    @Test
    void contributesNothingWithoutASecret() {
        application.run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(HasuraJwt.class));
    }

    @Test
    void refusesAnEmptySecretOnlyWhereATokenIsNeeded() {
        application
                .withPropertyValues("hasura.jwt.secret=")
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withPropertyValues("hasura.jwt.secret=")
                .withUserConfiguration(NeedsJwt.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .hasRootCauseMessage(
                                "The property hasura.jwt.secret is empty. Set it to the JSON that the engine has in"
                                        + " HASURA_GRAPHQL_JWT_SECRET"));
    }

    @Test
    void contributesNothingWithoutNimbus() {
        application
                .withPropertyValues(SECRET)
                .withClassLoader(new FilteredClassLoader(JWSObject.class.getPackageName()))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("hasuraJwt"));
    }

    @Test
    void signsForTheEnginesSecret() {
        application
                .withPropertyValues(SECRET, "hasura.jwt.expires-in=10m")
                .withBean(Clock.class, () -> Clock.fixed(Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC))
                .run(context -> {
                    HasuraJwt jwt = context.getBean(HasuraJwt.class);
                    assertThat(jwt.verify(jwt.token().roles("user").sign()).expiresAt())
                            .isEqualTo(Instant.ofEpochSecond(1_700_000_600));
                    assertThat(context.getBean(HasuraJwtProperties.class))
                            .hasToString("HasuraJwtProperties[expiresIn=PT10M]");
                });
    }

    @Test
    void signsWithThePrivateKey() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        application
                .withPropertyValues(
                        "hasura.jwt.secret={\"type\": \"Ed25519\", \"key\": \"-----BEGIN PUBLIC KEY-----\\n"
                                + Base64.getEncoder()
                                        .encodeToString(pair.getPublic().getEncoded())
                                + "\\n-----END PUBLIC KEY-----\"}",
                        "hasura.jwt.private-key=-----BEGIN PRIVATE KEY-----\\n"
                                + Base64.getEncoder()
                                        .encodeToString(pair.getPrivate().getEncoded())
                                + "\\n-----END PRIVATE KEY-----")
                .run(context -> {
                    HasuraJwt jwt = context.getBean(HasuraJwt.class);
                    assertThat(jwt.verify(jwt.token().roles("user").sign()).role())
                            .isEqualTo("user");
                });
    }

    @Test
    void backsOffForABeanOfYours() {
        application
                .withPropertyValues(SECRET)
                .withUserConfiguration(OwnJwt.class)
                .run(context ->
                        assertThat(context).hasSingleBean(HasuraJwt.class).hasBean("own"));
    }

    @Test
    void stopsTheStartWithASentenceAndWithoutTheKey(CapturedOutput output) {
        application
                .withUserConfiguration(NeedsJwt.class)
                .withPropertyValues("hasura.jwt.secret={\"type\": \"HS512\", \"key\": \"" + KEY + "\"}")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("HS512 needs 64 bytes, it has 35"));
        application
                .withUserConfiguration(NeedsJwt.class)
                .withPropertyValues("hasura.jwt.secret=" + KEY)
                .run(context ->
                        assertThat(context.getStartupFailure()).hasStackTraceContaining("The JWT secret is not JSON"));
        assertThat(output).doesNotContain(KEY);
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnJwt {

        @Bean
        HasuraJwt own() {
            return HasuraJwt.from("{\"type\": \"HS256\", \"key\": \"another-key-for-this-test-0123456789\"}");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class NeedsJwt {

        @Bean
        String needy(HasuraJwt jwt) {
            return jwt.toString();
        }
    }
}
