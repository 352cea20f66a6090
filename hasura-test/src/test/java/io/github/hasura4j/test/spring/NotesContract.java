package io.github.hasura4j.test.spring;

import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.test.Delivery;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.spring.NotesApplication.Handlers;
import io.github.hasura4j.test.spring.NotesApplication.Note;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.TestConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@code @AutoConfigureLocalHasura} promises, for every kind of application. */
@SpringBootTest(classes = NotesApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalHasura(project = "src/test/resources/spring/hasura")
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
abstract class NotesContract {

    private final LocalHasura hasura;
    private final HasuraClient client;
    private final Handlers handlers;
    private final String name;

    NotesContract(
            LocalHasura hasura, HasuraClient client, Handlers handlers, @Value("${application.name:mvc}") String name) {
        this.hasura = hasura;
        this.client = client;
        this.handlers = handlers;
        this.name = name;
    }

    @Test
    void theMetadataAreConsistentOnceTheApplicationIsThere() {
        assertThat(hasura.inconsistentObjects()).isEmpty();
        assertThat(client.endpoint().toString()).startsWith(hasura.url().toString());
    }

    @Test
    void anEventComesToTheApplicationOfThisTest() {
        handlers.notes.clear();

        insert("hello");

        assertThat(hasura.deliveries("newNote"))
                .succeeded()
                .times(1)
                .afterAttempts(1)
                .answeredWith(200)
                .rows(Note.class)
                .containsExactly(new Note(1L, "hello", "at"));
        assertThat(handlers.notes).containsExactly(new Note(1L, "hello", "at"));
    }

    @Test
    void aHandlerThatRefusesIsTriedAgainWhenItIsDue() {
        // tag::retries[]
        insert("refused");
        assertThat(hasura.deliveries("newNote"))
                .waiting()
                .times(1)
                .afterAttempts(1)
                .answeredWith(500);

        hasura.advanceClock(java.time.Duration.ofSeconds(11));

        assertThat(hasura.deliveries("newNote")).failed().times(1).afterAttempts(2);
        // end::retries[]
    }

    @Test
    void aUrlWithTheHostOfDockerLeadsToTheApplication() {
        assertThat(client.document("{ shout(text: \"hey\") { text from } }")
                        .fetch("shout", NotesApplication.Shouted.class))
                .isEqualTo(new NotesApplication.Shouted("HEY", name));
    }

    @Test
    void anAsynchronousActionIsDelivered() {
        client.document("mutation { later(text: \"hey\") }").execute();

        assertThat(hasura.deliveries("later"))
                .succeeded()
                .times(1)
                .each()
                .first()
                .extracting(each -> each.attempts().get(0).answer())
                .asString()
                .contains("HEY", name);
    }

    @Test
    void aCronTriggerIsDelivered() {
        assertThat(hasura.deliveries("tidy")).none();

        hasura.advanceClock(java.time.Duration.ofHours(1));

        assertThat(hasura.deliveries("tidy")).succeeded().times(1);
    }

    /** Whatever the test before did: it is the second repetition that shows it. */
    @RepeatedTest(2)
    void dataAreCleanBeforeEachTest() {
        assertThat(hasura.deliveries("newNote")).none();
        assertThat(count("note")).isZero();
        assertThat(count("country")).isEqualTo(2);
        client.document("mutation { delete_country(where: {code: {_eq: \"nz\"}}) { affected_rows } }")
                .execute();
        client.document("mutation { insert_country_one(object: {code: \"ch\", name: \"Switzerland\"}) { code } }")
                .execute();

        assertThat(insert("first")).isEqualTo(1);
    }

    @Test
    void aHundredEventsAreDeliveredAndAsserted() {
        for (int i = 0; i < 100; i++) {
            insert("note " + i);
        }

        assertThat(hasura.deliveries("newNote")).succeeded().times(100);
        List<Delivery> deliveries = hasura.deliveries("newNote").list();
        assertThat(deliveries).extracting(Delivery::id).doesNotHaveDuplicates();
    }

    private long insert(String text) {
        return client.document(
                        "mutation($text: String!) { insert_note_one(object: {text: $text, country: \"at\"}) { id } }")
                .variable("text", text)
                .fetch("insert_note_one.id", Long.class);
    }

    private int count(String table) {
        return client.document("{ rows: " + table + " { __typename } }")
                .fetchList("rows", Object.class)
                .size();
    }
}
