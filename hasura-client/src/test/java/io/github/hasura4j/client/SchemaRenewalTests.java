package io.github.hasura4j.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A client that asked for the schema before tables and actions were tracked. */
class SchemaRenewalTests {

    private static final String EARLIER = """
            {"data": {"__schema": {"queryType": {"name": "query_root"}, "mutationType": null, "types": [
              {"name": "query_root", "fields": [{"name": "hello", "type": {"kind": "SCALAR", "name": "String"},
               "args": [{"name": "name", "type": {"kind": "SCALAR", "name": "String"}}]}]}]}}}""";

    @AutoClose
    private final FakeEngine engine = new FakeEngine();

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);

    private final HasuraClient hasura =
            engine.client().adminSecret("s3cret").nanoTime(nanos::get).build();

    @BeforeEach
    void hasAskedEarlier() {
        engine.answersIntrospectionWith(exchange -> FakeEngine.reply(exchange, 200, EARLIER));
        hello();
        engine.answersIntrospectionWith(engine::tellSchema);
        wait(Duration.ofSeconds(6));
    }

    @Test
    void noticesFieldsThatCameLater() {
        assertThat(users("limit").request().document()).contains("$limit: Int");
        assertThat(engine.introspections()).isEqualTo(2);
    }

    @Test
    void noticesMutationsThatCameLater() {
        assertThat(hasura.mutation("ping").arg("times", 1).execute().request().document())
                .contains("$times: Int");
    }

    @Test
    void doesNotAskForWhatItKnows() {
        hello();
        assertThat(engine.introspections()).isEqualTo(1);
    }

    @Test
    void asksBeforeItRefusesButNotAgainForSomeSeconds() {
        refusesAnArgument();
        refusesAnArgument();
        assertThat(engine.introspections()).isEqualTo(2);

        wait(Duration.ofSeconds(4));
        refusesAnArgument();
        assertThat(engine.introspections()).isEqualTo(2);

        wait(Duration.ofSeconds(2));
        refusesAnArgument();
        assertThat(engine.introspections()).isEqualTo(3);
    }

    @Test
    void keepsWhatItKnowsWhenTheEngineDoesNotTell() {
        engine.answersIntrospectionWith(exchange -> FakeEngine.reply(exchange, 503, ""));

        assertThatExceptionOfType(HasuraRequestException.class)
                .isThrownBy(() -> users("limit"))
                .withMessageContaining("no field 'user'");
        hello();
        assertThat(engine.introspections()).isEqualTo(2);
    }

    private void refusesAnArgument() {
        assertThatExceptionOfType(HasuraRequestException.class)
                .isThrownBy(() -> users("first"))
                .withMessageContaining("no argument 'first'");
    }

    private DynamicResult users(String argument) {
        return hasura.query("user").arg(argument, 1).select("id").execute();
    }

    private void hello() {
        hasura.query("hello").arg("name", "Ada").execute();
    }

    private void wait(Duration duration) {
        nanos.addAndGet(duration.toNanos());
    }
}
