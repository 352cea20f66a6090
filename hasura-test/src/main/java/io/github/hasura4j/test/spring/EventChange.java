package io.github.hasura4j.test.spring;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.NullNode;

/** What changes in the table of an event trigger. Rows are maps, records, or whatever JSON can be made of. */
public final class EventChange {

    private final HasuraTester tester;
    private final String trigger;
    private @Nullable String schema;
    private @Nullable String table;

    EventChange(HasuraTester tester, String trigger) {
        this.tester = tester;
        this.trigger = trigger;
    }

    /** The table, where no project tells; the trigger's name in the schema {@code public} if left out. */
    public EventChange inTable(String inSchema, String name) {
        this.schema = inSchema;
        this.table = name;
        return this;
    }

    /** A row was inserted. */
    public EventCall insert(Object row) {
        return of("INSERT", NullNode.instance, json(row));
    }

    /** A row was updated. */
    public EventCall update(Object before, Object after) {
        return of("UPDATE", json(before), json(after));
    }

    /** A row was deleted. */
    public EventCall delete(Object row) {
        return of("DELETE", json(row), NullNode.instance);
    }

    /** Somebody fired the trigger by hand, with any JSON. */
    public EventCall manual(Object payload) {
        return of("MANUAL", NullNode.instance, json(payload));
    }

    private EventCall of(String operation, JsonNode before, JsonNode after) {
        FiredTrigger fired = FiredTrigger.find(tester.metadata(), trigger, schema, table);
        return new EventCall(tester, fired, fired.change(operation, before, after));
    }

    private JsonNode json(Object value) {
        return tester.mapper().valueToTree(value);
    }
}
