package io.github.hasura4j.spring.metadata;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.payload.Operation;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.OnlyWhen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A trigger that is made from code fires on what its {@code @OnlyWhen} waits for. */
class OnlyWhenMetadataTests {

    static class Transition {

        @HasuraEvent(table = "orders")
        @OnlyWhen(changed = "status", from = "pending", to = "paid")
        void trigger() {}
    }

    static class Change {

        @HasuraEvent(table = "orders")
        @OnlyWhen(changed = {"status", "total"})
        void trigger() {}
    }

    static class Several {

        @HasuraEvent(table = "orders")
        @OnlyWhen(operations = {Operation.DELETE, Operation.MANUAL})
        @OnlyWhen(operations = Operation.UPDATE, changed = "status")
        void trigger() {}
    }

    static class Anything {

        @HasuraEvent(table = "orders")
        @OnlyWhen
        void trigger() {}
    }

    static class Decided {

        @HasuraEvent(table = "orders", operations = Operation.UPDATE, columns = "*", enableManual = true)
        @OnlyWhen(changed = "status")
        void trigger() {}
    }

    private static JsonNode definition(Class<?> handler, String before) {
        ObjectNode document = new MetadataEntries(Shop.metadata(handler), "shop", true)
                .wanted(null)
                .mergeInto(document(before))
                .document();
        assertThat(HasuraContract.of(Shop.metadata(handler))
                        .against(Metadata.from(document))
                        .findings())
                .isEmpty();
        return document.at("/sources/0/tables/0/event_triggers/0/definition");
    }

    private static ObjectNode document(String triggers) {
        return (ObjectNode) JsonMapper.shared().readTree("""
                {"version": 3, "sources": [{"name": "default", "kind": "postgres", "configuration": {},
                 "tables": [{"table": {"schema": "public", "name": "orders"}, "event_triggers": [%s]}]}]}""".formatted(triggers));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            Transition | {"enable_manual":false,"update":{"columns":["status"]}}
            Change     | {"enable_manual":false,"insert":{"columns":"*"},"update":{"columns":["status","total"]}}
            Several    | {"enable_manual":true,"update":{"columns":["status"]},"delete":{"columns":"*"}}
            Anything   | {"enable_manual":false,"insert":{"columns":"*"},"update":{"columns":"*"},"delete":{"columns":"*"}}
            Decided    | {"enable_manual":true,"update":{"columns":"*"}}
            """)
    void saysWhatANewTriggerFiresOn(String handler, String definition) throws ClassNotFoundException {
        assertThat(definition(Class.forName(getClass().getName() + "$" + handler), ""))
                .isEqualTo(JsonMapper.shared().readTree(definition));
    }

    @Test
    void leavesATriggerThatIsThereAsItIs() {
        assertThat(definition(Transition.class, """
                {"name": "trigger", "webhook": "{{HANDLER_URL}}/hasura/events", "retry_conf": {"num_retries": 3},
                 "headers": [{"name": "X-Webhook-Secret", "value_from_env": "WEBHOOK_SECRET"}],
                 "definition": {"enable_manual": true, "insert": {"columns": "*"}, "update": {"columns": "*"}}}"""))
                .isEqualTo(JsonMapper.shared().readTree("""
                        {"enable_manual": true, "insert": {"columns": "*"}, "update": {"columns": "*"}}"""));
    }
}
