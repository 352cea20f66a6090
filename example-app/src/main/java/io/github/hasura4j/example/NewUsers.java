package io.github.hasura4j.example;

import java.util.List;

import io.github.hasura4j.client.DynamicResult;
import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.HasuraEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The event trigger {@code newUser} on the table {@code user}. */
// tag::new-users[]
@Component
class NewUsers {

    private static final Logger log = LoggerFactory.getLogger(NewUsers.class);

    @HasuraEvent(
            trigger = "newUser",
            table = "user",
            operations = Operation.INSERT,
            enableManual = true,
            retryConf = @HasuraEvent.RetryConf(numRetries = 3))
    void greet(EventPayload<User, Void> event, HasuraClient hasura) {
        User user = event.newRow();
        log.info("Hello {}", user == null ? "nobody" : user.name());

        DynamicResult users = hasura.query("user").select("id", "name").execute();
        log.info("Sent {}", users.request().document());
        List<User> all = users.rows(User.class);
        log.info("All users: {}", all);
    }
}
// end::new-users[]
