package io.github.hasura4j.test.engine.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * What statements changed.
 *
 * @param count how many rows, those of related tables among them
 * @param rows the rows of the one table that was asked for, as a JSON list
 */
record Changed(long count, String rows) {

    static final Changed NOTHING = new Changed(0, "[]");

    boolean none() {
        return rows.equals("[]");
    }

    /** The same rows, and more that were changed along with them. */
    Changed and(long more) {
        return new Changed(count + more, rows);
    }

    /** All rows one after another. */
    static Changed all(List<Changed> changes) {
        long count = 0;
        List<String> rows = new ArrayList<>();
        for (Changed change : changes) {
            count += change.count;
            if (!change.none()) {
                rows.add(change.rows.substring(1, change.rows.length() - 1));
            }
        }
        return new Changed(count, "[" + String.join(",", rows) + "]");
    }
}
