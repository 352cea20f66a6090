package io.github.hasura4j.test.spring;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.NewRow;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An application with a handler of each kind. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(NotesApplication.Handlers.class)
class NotesApplication {

    record Note(Long id, String text, String country) {}

    record Shout(String text) {}

    record Shouted(String text, String from) {}

    static class Handlers {

        final List<Note> notes = new CopyOnWriteArrayList<>();
        private final String name;

        Handlers(@Value("${application.name:mvc}") String name) {
            this.name = name;
        }

        @HasuraEvent("newNote")
        void noted(@NewRow Note note) {
            if (note.text().equals("refused")) {
                throw new IllegalStateException("as asked for");
            }
            notes.add(note);
        }

        @HasuraAction("shout")
        Shouted shout(Shout input) {
            return new Shouted(input.text().toUpperCase(java.util.Locale.ROOT), name);
        }

        @HasuraAction("later")
        Shouted later(Shout input) {
            return shout(input);
        }

        @HasuraScheduled("tidy")
        void tidy() {}
    }
}
