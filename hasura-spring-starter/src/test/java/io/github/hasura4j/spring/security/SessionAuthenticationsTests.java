package io.github.hasura4j.spring.security;

import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import io.github.hasura4j.spring.HasuraSession;
import io.github.hasura4j.spring.HasuraSessions;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionAuthenticationsTests {

    private static final SessionVariables ADA =
            SessionVariables.of(Map.of("x-hasura-role", "editor", "x-hasura-user-id", "7"));

    private final SessionAuthentications authentications = new SessionAuthentications(new HasuraSessions(), "ROLE_");
    private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

    @Test
    void aUserHasTheRoleAndNothingElse() {
        Authentication ada = authentications.of(ADA);
        assertThat(ada).isInstanceOf(HasuraAuthentication.class);
        assertThat(trust.isAuthenticated(ada)).isTrue();
        assertThat(ada.getName()).isEqualTo("7");
        assertThat(ada.getAuthorities()).extracting("authority").containsExactly("ROLE_editor");
        assertThat(ada.getPrincipal()).isEqualTo(HasuraSession.of(ADA));
        assertThat(ada.getCredentials()).isEqualTo("");
    }

    @Test
    void aRolePassesForNothingElse() {
        assertThat(authentications
                        .of(SessionVariables.of(Map.of("x-hasura-role", "SCOPE_all")))
                        .getAuthorities())
                .extracting("authority")
                .containsExactly("ROLE_SCOPE_all");
    }

    @Test
    void theUnauthorizedRoleIsAnonymous() {
        Authentication anonymous =
                authentications.of(SessionVariables.of(Map.of("x-hasura-role", "anonymous", "x-hasura-user-id", "7")));
        assertThat(trust.isAnonymous(anonymous)).isTrue();
        assertThat(trust.isAuthenticated(anonymous)).isFalse();
        assertThat(anonymous.getName()).isEqualTo("anonymous");
        assertThat(anonymous.getAuthorities()).extracting("authority").containsExactly("ROLE_anonymous");
        assertThat(anonymous.getPrincipal()).isInstanceOfSatisfying(HasuraSession.class, session -> {
            assertThat(session.isAnonymous()).isTrue();
            assertThat(session.userId()).isEmpty();
            assertThat(session.variables().asMap()).containsOnlyKeys("x-hasura-role");
        });
    }

    @Test
    void thereMayBeNoUnauthorizedRole() {
        Authentication anonymous = new SessionAuthentications(new HasuraSessions(" "), "ROLE_")
                .of(SessionVariables.of(Map.of("x-hasura-role", "anonymous", "x-hasura-user-id", "7")));
        assertThat(trust.isAuthenticated(anonymous)).isTrue();
        assertThat(anonymous.getName()).isEqualTo("7");
    }

    @Test
    void nobodyIsNotAuthenticatedAndCannotBecomeSo() {
        Authentication nobody = authentications.of(SessionVariables.empty());
        assertThat(nobody.isAuthenticated()).isFalse();
        assertThat(nobody.getAuthorities()).isEmpty();
        assertThat(nobody.getName()).isEmpty();
        assertThatThrownBy(() -> nobody.setAuthenticated(true)).isInstanceOf(IllegalArgumentException.class);

        Authentication ada = authentications.of(ADA);
        ada.setAuthenticated(true);
        ada.setAuthenticated(false);
        assertThat(ada.isAuthenticated()).isFalse();
    }

    @Test
    void nobodysSecretsAreShown() {
        SessionVariables variables =
                SessionVariables.of(Map.of("x-hasura-role", "editor", "x-hasura-token", "hunter2"));
        assertThat(authentications.of(variables))
                .asString()
                .doesNotContain("hunter2")
                .contains("editor");
        assertThat(authentications.of(SessionVariables.of(Map.of("x-hasura-role", "anonymous"))))
                .asString()
                .contains("anonymous");
    }
}
