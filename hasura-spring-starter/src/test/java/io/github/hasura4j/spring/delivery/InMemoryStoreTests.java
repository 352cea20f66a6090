package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import io.github.hasura4j.spring.delivery.InboxStore.Claim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InMemoryStoreTests extends StoreContract {

    private final InboxStore inbox = new InMemoryInboxStore(clock, 1000);
    private final OrderStore order = new InMemoryOrderStore(1000);
    private final ConcurrentMap<String, Integer> work = new ConcurrentHashMap<>();

    @Override
    InboxStore inbox() {
        return inbox;
    }

    @Override
    OrderStore order() {
        return order;
    }

    @Override
    HandlerTransactions transactions() {
        return null;
    }

    @Override
    void work(String id) {
        work.merge(id, 1, Integer::sum);
    }

    @Override
    int worked(String id) {
        return work.getOrDefault(id, 0);
    }

    @Test
    void forgetsTheOldestMarkWhenItIsFullAndNeverAClaim() {
        InboxStore small = new InMemoryInboxStore(clock, 1);
        InboxKey first = new InboxKey("h", "1");
        Claim claim = small.claim(first, Duration.ofMinutes(1));

        assertThat(small.claim(new InboxKey("h", "2"), Duration.ofMinutes(1))).isInstanceOf(Claim.Held.class);
        small.complete(first, (Claim.Granted) claim, null);
        assertThat(small.claim(new InboxKey("h", "2"), Duration.ofMinutes(1))).isInstanceOf(Claim.Granted.class);
        assertThat(small.claim(first, Duration.ofMinutes(1))).isInstanceOf(Claim.Held.class);
    }
}
