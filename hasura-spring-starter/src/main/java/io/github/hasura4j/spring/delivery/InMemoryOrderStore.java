package io.github.hasura4j.spring.delivery;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** Keeps the order of one instance, in memory; of so many keys as it has room for, the longest unused is forgotten first. */
public final class InMemoryOrderStore implements OrderStore {

    private final Map<InboxKey, Position> last;
    private final Set<InboxKey> taken = new HashSet<>();

    /** @param capacity how many keys to remember */
    public InMemoryOrderStore(int capacity) {
        last = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<InboxKey, Position> eldest) {
                return size() > capacity;
            }
        };
    }

    /** Forgets everything, as between two tests. */
    public synchronized void clear() {
        last.clear();
        taken.clear();
    }

    @Override
    public boolean joinsTransactions() {
        return false;
    }

    @Override
    public void prepare(InboxKey key) {}

    @Override
    public synchronized @Nullable Turn take(InboxKey key) {
        return taken.add(key) ? new MemoryTurn(key) : null;
    }

    private final class MemoryTurn implements Turn {

        private final InboxKey key;

        MemoryTurn(InboxKey key) {
            this.key = key;
        }

        @Override
        public @Nullable Position last() {
            synchronized (InMemoryOrderStore.this) {
                return last.get(key);
            }
        }

        @Override
        public void handled(Position position) {
            synchronized (InMemoryOrderStore.this) {
                last.put(key, position);
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryOrderStore.this) {
                taken.remove(key);
            }
        }
    }
}
