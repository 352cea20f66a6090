package io.github.hasura4j.spring.delivery;

import java.util.Map;

import io.github.hasura4j.payload.SessionVariables;
import org.jspecify.annotations.Nullable;

/** How many handlers in a row have led to what this thread does now; carried through the engine in a session variable. */
final class Hops {

    /** Sent with calls of a client; the engine puts it into the session of the events that they cause. */
    static final String VARIABLE = "x-hasura-hops";

    private static final ThreadLocal<@Nullable Integer> CURRENT = new ThreadLocal<>();

    private Hops() {}

    /** How many led to an event; 0 for one that somebody else caused. */
    static int of(SessionVariables session) {
        String value = session.asMap().get(VARIABLE);
        if (value == null || !value.matches("[0-9]{1,6}")) {
            return 0;
        }
        return Integer.parseInt(value);
    }

    /** Work that may fail. */
    interface Work {
        @Nullable
        Object run() throws Exception;
    }

    /** Does something as that many hops away; calls of clients on this thread say so. */
    static @Nullable Object during(int hops, Work work) throws Exception {
        Integer before = CURRENT.get();
        CURRENT.set(hops);
        try {
            return work.run();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }

    /** What calls of clients say; nothing outside of handlers. */
    static Map<String, String> variables() {
        Integer hops = CURRENT.get();
        return hops == null ? Map.of() : Map.of(VARIABLE, hops.toString());
    }
}
