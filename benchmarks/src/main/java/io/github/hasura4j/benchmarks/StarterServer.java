package io.github.hasura4j.benchmarks;

import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraEvent;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The handlers as a user of the starter writes them. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(StarterServer.Handlers.class)
public class StarterServer {

    public static void main(String[] args) {
        SpringApplication.run(StarterServer.class, args);
    }

    static class Handlers {

        @HasuraAction
        Rows.LoginResponse login(Rows.LoginInput input) {
            return new Rows.LoginResponse("token for " + input.username());
        }

        @HasuraEvent
        void small(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        void large(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        void narrow(EventPayload<Rows.Status, Void> event) {
            Sink.take(event.newRow());
        }
    }
}
