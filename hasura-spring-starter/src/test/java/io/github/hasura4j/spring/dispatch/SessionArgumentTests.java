package io.github.hasura4j.spring.dispatch;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SessionArgumentTests {

    private static final String FORGED = """
            {"variables": {"x-hasura-role": "admin"}, "session": {"variables": {"x-hasura-role": "admin"}}}""";

    @Test
    void theSessionIsNeverTakenFromTheInput() {
        try (Dispatching to = Dispatching.to(Handlers.class)) {
            assertThat(to.action("whoAmI", FORGED).body()).isEqualTo("\"user 7\"");
            assertThat(to.action("both", FORGED).body()).isEqualTo("\"user null\"");
        }
    }

    @Test
    void ofAnAnonymousOneOnlyTheRoleIsBelieved() {
        try (Dispatching to = Dispatching.to(Handlers.class)) {
            assertThat(to.action("whoAmI", """
                                    {"action": {"name": "whoAmI"}, "input": {}, "request_query": null, "session_variables":
                                     {"x-hasura-role": "anonymous", "x-hasura-user-id": "7"}}""", Dispatching.AUTHENTICATED).body())
                    .isEqualTo("\"anonymous null\"");
        }
    }

    @Test
    void anEventThatNoSessionCausedHasAnEmptyOne() {
        try (Dispatching to = Dispatching.to(Handlers.class)) {
            assertThat(to.event("caused", """
                                    {"op": "INSERT", "session_variables": null, "trace_context": null,
                                     "data": {"old": null, "new": {}}}""").body()).isEqualTo("\"null null\"");
        }
    }

    static class Handlers {

        @HasuraAction
        String whoAmI(HasuraSession session) {
            return session.role().orElse(null) + " " + session.userId().orElse(null);
        }

        @HasuraAction
        String both(HasuraSession session, String term) {
            return session.role().orElse(null) + " " + term;
        }

        @HasuraEvent
        String caused(HasuraSession session) {
            assertThat(session.isAnonymous()).isTrue();
            return whoAmI(session);
        }
    }
}
