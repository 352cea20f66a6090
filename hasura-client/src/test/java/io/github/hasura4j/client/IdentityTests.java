package io.github.hasura4j.client;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import io.github.hasura4j.payload.SessionVariables;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class IdentityTests {

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final SessionVariables ada =
            SessionVariables.of(Map.of("x-hasura-role", "customer", "x-hasura-user-id", "7"));

    @Nested
    class WithTheAdminSecret {

        @Test
        void sendsIt() {
            assertThat(headersOf(engine.admin())).containsEntry("X-hasura-admin-secret", java.util.List.of("s3cret"));
        }

        @Test
        void asksForItAnewForEveryRequest() {
            AtomicInteger asked = new AtomicInteger();
            HasuraClient hasura = engine.client()
                    .adminSecret(() -> "secret-" + asked.incrementAndGet())
                    .build();
            assertThat(asked).hasValue(0);

            hasura.query("hello").execute();
            hasura.query("hello").execute();

            assertThat(engine.received())
                    .extracting(each -> each.headers().getFirst("x-hasura-admin-secret"))
                    .containsExactly("secret-1", "secret-2");
        }

        @Test
        void sendsTheRole() {
            assertThat(headersOf(engine.admin().asRole("editor")).getFirst("x-hasura-role"))
                    .isEqualTo("editor");
        }

        @Test
        void leavesTheClientItselfAsItIs() {
            HasuraClient hasura = engine.admin();
            hasura.asRole("editor");
            hasura.as(ada);

            assertThat(headersOf(hasura)).doesNotContainKey("X-hasura-role");
        }
    }

    @Nested
    class ActingAsASession {

        @Test
        void sendsItsRoleAndVariablesBesideTheAdminSecret() {
            Headers headers = headersOf(engine.admin().as(ada));

            assertThat(headers.getFirst("x-hasura-role")).isEqualTo("customer");
            assertThat(headers.getFirst("x-hasura-user-id")).isEqualTo("7");
            assertThat(headers.getFirst("x-hasura-admin-secret")).isEqualTo("s3cret");
        }

        @Test
        void neverSendsAnAdminSecretOfTheSession() {
            SessionVariables odd =
                    SessionVariables.of(Map.of("x-hasura-role", "customer", "X-Hasura-Admin-Secret", "forged"));

            assertThat(headersOf(engine.admin().as(odd)).get("x-hasura-admin-secret"))
                    .containsExactly("s3cret");
        }

        @Test
        void neverSendsTheWishForBackendOnlyPermissions() {
            SessionVariables odd = SessionVariables.of(
                    Map.of("x-hasura-role", "anonymous", "X-Hasura-Use-Backend-Only-Permissions", "true"));

            assertThat(headersOf(engine.admin().as(odd))).doesNotContainKey("X-hasura-use-backend-only-permissions");
        }

        @Test
        void keepsTheSessionWhenTheRoleIsChanged() {
            Headers headers = headersOf(engine.admin().as(ada).asRole("auditor"));

            assertThat(headers.getFirst("x-hasura-role")).isEqualTo("auditor");
            assertThat(headers.getFirst("x-hasura-user-id")).isEqualTo("7");
        }

        @Test
        void leavesNothingOfAnEarlierSession() {
            HasuraClient hasura = engine.client()
                    .adminSecret("s3cret")
                    .header("x-hasura-org-id", "1")
                    .header("x-trace", "t")
                    .build();

            Headers headers = headersOf(hasura.as(ada).as(SessionVariables.of(Map.of("x-hasura-role", "guest"))));

            assertThat(headers.getFirst("x-hasura-role")).isEqualTo("guest");
            assertThat(headers).doesNotContainKeys("X-hasura-user-id", "X-hasura-org-id");
            assertThat(headers.getFirst("x-trace")).isEqualTo("t");
        }

        @Test
        void needsTheAdminSecret() {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> engine.client().build().as(ada))
                    .withMessageContaining("adminSecret(");
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> engine.admin().withBearerToken("t0ken").as(ada));
        }

        @Test
        void isRefusedWithoutARoleBecauseThatWouldBeTheAdministrator() {
            assertThatThrownBy(() -> engine.admin().as(SessionVariables.empty()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("administrator");
        }

        @Test
        void isRefusedWithAnEmptyRole() {
            assertThatThrownBy(() -> engine.admin().as(SessionVariables.of(Map.of("x-hasura-role", ""))))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @ParameterizedTest
        @ValueSource(strings = {"Zoë", "a\r\nx-hasura-role: admin", " 7", "7 "})
        void isRefusedIfAValueWouldNotArriveAsItIs(String value) {
            SessionVariables odd =
                    SessionVariables.of(Map.of("x-hasura-role", "customer", "x-hasura-user-name", value));

            assertThatThrownBy(() -> engine.admin().as(odd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("x-hasura-user-name")
                    .hasMessageNotContaining(value);
        }

        @ParameterizedTest
        @ValueSource(strings = {"authorization", "x-hasura-user id", "host"})
        void isRefusedIfANameIsNoSessionVariable(String name) {
            SessionVariables odd = SessionVariables.of(Map.of("x-hasura-role", "customer", name, "1"));

            assertThatThrownBy(() -> engine.admin().as(odd))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name);
        }
    }

    @Nested
    class BackendOnly {

        @Test
        void asksForThePermissionsOfBackends() {
            Headers headers = headersOf(engine.admin().as(ada).backendOnly());

            assertThat(headers.getFirst("x-hasura-use-backend-only-permissions"))
                    .isEqualTo("true");
            assertThat(headers.getFirst("x-hasura-user-id")).isEqualTo("7");
        }

        @Test
        void isForgottenByALaterSession() {
            assertThat(headersOf(engine.admin().backendOnly().as(ada)))
                    .doesNotContainKey("X-hasura-use-backend-only-permissions");
        }

        @Test
        void needsTheAdminSecret() {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> engine.admin().withBearerToken("t").backendOnly())
                    .withMessageContaining("adminSecret(");
        }
    }

    @Nested
    class Forwarding {

        private final Map<String, String> incoming =
                Map.of("cookie", "a=b", "x-trace", "t", "authorization", "Bearer their-own", "x-hasura-role", "admin");

        @Test
        void takesOverWhatIsNamed() {
            Headers headers =
                    headersOf(engine.admin().as(ada).forwarding(incoming::get, "cookie", "x-trace", "x-missing"));

            assertThat(headers.getFirst("Cookie")).isEqualTo("a=b");
            assertThat(headers.getFirst("x-trace")).isEqualTo("t");
            assertThat(headers).doesNotContainKeys("X-missing", "Authorization");
            assertThat(headers.getFirst("x-hasura-user-id")).isEqualTo("7");
        }

        @Test
        void refusesWhatTheEngineWouldBelieve() {
            assertThatThrownBy(() -> engine.admin().forwarding(incoming::get, "X-Hasura-Role"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("as(session)");
        }

        @Test
        void takesOverTheCallersOwnTokenOnlyWithoutCredentials() {
            assertThatThrownBy(() -> engine.admin().forwarding(incoming::get, "authorization"))
                    .isInstanceOf(IllegalArgumentException.class);

            assertThat(headersOf(engine.client().build().forwarding(incoming::get, "authorization"))
                            .getFirst("Authorization"))
                    .isEqualTo("Bearer their-own");
        }
    }

    @Nested
    class WithAToken {

        @Test
        void sendsItInsteadOfTheSecretAndForgetsTheSession() {
            Headers headers = headersOf(engine.admin().as(ada).withBearerToken("t0ken"));

            assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t0ken");
            assertThat(headers).doesNotContainKeys("X-hasura-admin-secret", "X-hasura-role", "X-hasura-user-id");
        }

        @Test
        void sendsARoleChosenFromTheToken() {
            Headers headers = headersOf(
                    engine.client().bearerToken(() -> "t0ken").role("editor").build());

            assertThat(headers.getFirst("Authorization")).isEqualTo("Bearer t0ken");
            assertThat(headers.getFirst("x-hasura-role")).isEqualTo("editor");
        }

        @Test
        void isRefusedBesideTheSecret() {
            assertThatThrownBy(() ->
                            engine.client().adminSecret("a").bearerToken("b").build())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("adminSecret");
        }
    }

    @Nested
    class ASecretThatCannotBeUsed {

        @Test
        void isRefusedEmpty() {
            assertThatThrownBy(() -> engine.client().adminSecret(" ")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> engine.client()
                            .adminSecret(() -> "")
                            .build()
                            .query("hello")
                            .execute())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("supplier");
        }

        @Test
        void isNotShown() {
            assertThatThrownBy(() -> engine.client().adminSecret("hunter2\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
            assertThatThrownBy(() -> engine.client()
                            .bearerToken(() -> "hunter2\n")
                            .build()
                            .query("hello")
                            .execute())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Nested
    class AHeaderOfTheUser {

        @Test
        void isSent() {
            HasuraClient hasura =
                    engine.client().header("x-request-source", "batch").build();

            assertThat(headersOf(hasura).getFirst("x-request-source")).isEqualTo("batch");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Hasura-Admin-Secret",
                    "Authorization",
                    "x-hasura-role",
                    "Content-Type",
                    "Host",
                    "Content-Length",
                    "a b"
                })
        void isRefusedIfTheClientOrTheJdkSetsIt(String name) {
            assertThatThrownBy(() -> engine.client().header(name, "hunter2"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(name)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void isMaskedInToString() {
        HasuraClient hasura = engine.client().adminSecret("hunter2").build();

        assertThat(hasura).hasToString("HasuraClient[" + hasura.endpoint() + ", admin secret ***]");
        assertThat(hasura.as(ada).toString()).contains("role=customer").doesNotContain("hunter2", "7]");
        assertThat(hasura.withBearerToken("hunter2").toString()).doesNotContain("hunter2");
        assertThat(engine.client().adminSecret("hunter2").toString()).doesNotContain("hunter2");
    }

    private Headers headersOf(HasuraClient client) {
        client.query("hello").execute();
        return engine.asked().headers();
    }
}
