package io.github.hasura4j.test.spring;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.LocalHasuraException;
import io.github.hasura4j.test.spring.NotesApplication.Handlers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestContextManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Several contexts that take turns with one engine. */
class AutoConfigureLocalHasuraTests {

    @Nested
    class OnSpringMvc extends NotesContract {

        OnSpringMvc(
                LocalHasura hasura,
                HasuraClient client,
                Handlers handlers,
                @Value("${application.name:mvc}") String name) {
            super(hasura, client, handlers, name);
        }
    }

    @Nested
    @SpringBootTest(
            classes = NotesApplication.class,
            webEnvironment = WebEnvironment.RANDOM_PORT,
            properties = {"spring.main.web-application-type=reactive", "application.name=flux"})
    class OnSpringWebFlux extends NotesContract {

        OnSpringWebFlux(
                LocalHasura hasura,
                HasuraClient client,
                Handlers handlers,
                @Value("${application.name:mvc}") String name) {
            super(hasura, client, handlers, name);
        }
    }

    @Nested
    class OnSpringMvcOnceMore extends NotesContract {

        OnSpringMvcOnceMore(
                LocalHasura hasura,
                HasuraClient client,
                Handlers handlers,
                @Value("${application.name:mvc}") String name) {
            super(hasura, client, handlers, name);
        }
    }

    @Test
    void contextsOfOneDescriptionShareAnEngine() throws Exception {
        assertThat(engineOf(OnSpringMvc.class)).isSameAs(engineOf(OnSpringWebFlux.class));
    }

    @Test
    void aTestWithoutAWebServerIsRefusedWithWhatToChange() {
        assertThatThrownBy(() -> engineOf(Mocked.class))
                .hasRootCauseInstanceOf(LocalHasuraException.class)
                .rootCause()
                .hasMessage("@AutoConfigureLocalHasura needs a web server that the engine can call, but Mocked has"
                        + " webEnvironment = MOCK. Change it to @SpringBootTest(webEnvironment ="
                        + " WebEnvironment.RANDOM_PORT)");
    }

    private static LocalHasura engineOf(Class<?> test) {
        return new TestContextManager(test)
                .getTestContext()
                .getApplicationContext()
                .getBean(LocalHasura.class);
    }

    @SpringBootTest(classes = NotesApplication.class)
    @AutoConfigureLocalHasura(project = "src/test/resources/spring/hasura")
    static class Mocked {}
}
