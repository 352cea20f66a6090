package io.github.hasura4j.client;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where the acknowledged position of a {@link CursorStream} survives a restart. Write one for your database: saved in the
 * transaction that does the work of a batch, it makes every row count exactly once.
 *
 * <p>A position is a short JSON text, some hundred characters, longer with many ties or an overlap; treat it as opaque. A
 * store is called by the threads that acknowledge, one at a time for one name. What it throws goes to whoever called it.
 */
public interface CursorStore {

    /** The position saved last under this name; empty if there is none. */
    Optional<String> load(String name);

    /** Keeps the position under this name, in place of the one before. */
    void save(String name, String position);

    /** A store that forgets with the process: for tests, and for streams that begin anew each time. */
    static CursorStore inMemory() {
        Map<String, String> positions = new ConcurrentHashMap<>();
        return new CursorStore() {
            @Override
            public Optional<String> load(String name) {
                return Optional.ofNullable(positions.get(name));
            }

            @Override
            public void save(String name, String position) {
                positions.put(name, position);
            }

            @Override
            public String toString() {
                return "CursorStore.inMemory()";
            }
        };
    }
}
