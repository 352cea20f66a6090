package io.github.hasura4j.client;

import java.util.List;

/**
 * Some rows of a {@link CursorStream}, in its order.
 *
 * @param <T> what a row is read as
 */
public final class Batch<T> {

    private final List<T> rows;
    private final Runnable acknowledgement;

    Batch(List<T> rows, Runnable acknowledgement) {
        this.rows = rows;
        this.acknowledgement = acknowledgement;
    }

    /** The rows, at least one; not modifiable. */
    public List<T> rows() {
        return rows;
    }

    /**
     * Says that these rows are done with, so that they need not come again. The position moves, and is saved, when all batches
     * before this one are acknowledged too; the order of acknowledging does not matter. Any thread may call it; a second call
     * does nothing. If the store throws, so does this, and the batch is not acknowledged: call it again.
     */
    public void ack() {
        acknowledgement.run();
    }

    /** Shows no row. */
    @Override
    public String toString() {
        return "Batch[" + rows.size() + " rows]";
    }
}
