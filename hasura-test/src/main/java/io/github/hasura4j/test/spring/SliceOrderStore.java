package io.github.hasura4j.test.spring;

import io.github.hasura4j.spring.delivery.InMemoryOrderStore;
import io.github.hasura4j.spring.delivery.InboxKey;
import io.github.hasura4j.spring.delivery.OrderStore;
import org.jspecify.annotations.Nullable;

/** The order of a slice: in memory and until the next test. */
final class SliceOrderStore implements OrderStore {

    private static final int MORE_THAN_A_TEST_HAS = 100_000;

    private volatile OrderStore store = new InMemoryOrderStore(MORE_THAN_A_TEST_HAS);

    @Override
    public boolean joinsTransactions() {
        return store.joinsTransactions();
    }

    @Override
    public void prepare(InboxKey key) {
        store.prepare(key);
    }

    @Override
    public @Nullable Turn take(InboxKey key) {
        return store.take(key);
    }

    /** As before the first test. */
    void clear() {
        store = new InMemoryOrderStore(MORE_THAN_A_TEST_HAS);
    }
}
