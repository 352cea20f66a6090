package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The row before and after.
 *
 * <p>Rows are partial: they hold the trigger's payload columns under their database names, and on SQL Server an update
 * leaves out columns that are NULL. Use boxed types in your row records.
 *
 * @param <N> the new row's type
 * @param <O> the old row's type
 * @param oldRow the row before; null for INSERT and MANUAL, and on SQL Server for an UPDATE that moves the primary key
 * @param newRow the row after; null for DELETE, any JSON for MANUAL (engines 2.0.1 to 2.0.6 called it {@code row})
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RowChange<N extends @Nullable Object, O extends @Nullable Object>(
        @JsonProperty("old") @Nullable O oldRow,
        @JsonProperty("new") @JsonAlias("row") @Nullable N newRow) {

    @Override
    public String toString() {
        return "RowChange[old=" + (oldRow == null ? "absent" : "present") + ", new="
                + (newRow == null ? "absent" : "present") + "]";
    }
}
