package io.github.hasura4j.test;

import java.util.List;

import org.assertj.core.api.AssertProvider;

/**
 * The deliveries of one trigger or action at a moment, oldest first; to be handed to AssertJ's {@code assertThat}.
 *
 * <p>Immutable. Begin with {@link LocalHasura#deliveries(String)}.
 */
public final class Deliveries implements AssertProvider<DeliveriesAssert> {

    private final String name;
    private final List<Delivery> list;

    Deliveries(String name, List<Delivery> list) {
        this.name = name;
        this.list = List.copyOf(list);
    }

    /** The trigger's or action's name. */
    public String name() {
        return name;
    }

    /** All of them. */
    public List<Delivery> list() {
        return list;
    }

    /** For AssertJ: {@code assertThat(deliveries)}. */
    @Override
    public DeliveriesAssert assertThat() {
        return new DeliveriesAssert(this);
    }

    /** Leaves payloads and answers out. */
    @Override
    public String toString() {
        return "deliveries of '" + name + "' " + list;
    }
}
