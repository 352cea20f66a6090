package io.github.hasura4j.spring.delivery;

import java.time.Duration;
import java.util.List;

/** Several gates one after another: a call goes through all of them or through none. */
final class Gates {

    private final List<Gate> gates;

    /** @param gates those first that cost nothing when a later one is closed */
    Gates(List<Gate> gates) {
        this.gates = List.copyOf(gates);
    }

    /** Lets a call through at once and gives zero, or gives the time before which there is no use in coming again. */
    Duration tryEnter() {
        for (int i = 0; i < gates.size(); i++) {
            long closed = gates.get(i).tryEnter();
            if (closed > 0) {
                giveBack(i);
                return Duration.ofNanos(closed);
            }
        }
        return Duration.ZERO;
    }

    /** Lets a call through, within this time or not at all. */
    boolean enter(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        int entered = 0;
        try {
            while (entered < gates.size() && gates.get(entered).enter(Math.max(0, end - System.nanoTime()))) {
                entered++;
            }
        } finally {
            if (entered < gates.size()) {
                giveBack(entered);
            }
        }
        return entered == gates.size();
    }

    void leave() {
        gates.forEach(Gate::leave);
    }

    private void giveBack(int entered) {
        for (int i = entered - 1; i >= 0; i--) {
            gates.get(i).giveBack();
        }
    }
}
