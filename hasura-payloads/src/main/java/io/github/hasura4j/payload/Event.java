package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The change itself, inside an {@link EventPayload} ({@code webhooks.md} 2.3).
 *
 * @param <N> the new row's type
 * @param <O> the old row's type
 * @param op the engine's word for the operation; see {@link #operation()}. Null only if the engine sent none
 * @param data the rows; null only if the engine sent none
 * @param sessionVariables whose mutation it was; null for a change made outside the engine (plain SQL, another service, a
 *     migration) and always on SQL Server
 * @param traceContext the trace the change belongs to; null for changes made outside the engine and from old engines
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Event<N extends @Nullable Object, O extends @Nullable Object>(
        @JsonProperty("op") @Nullable String op,
        @JsonProperty("data") @Nullable RowChange<N, O> data,
        @JsonProperty("session_variables") @Nullable SessionVariables sessionVariables,
        @JsonProperty("trace_context") @Nullable TraceContext traceContext) {

    /**
     * Reads what engines send, the manual event of SQL Server included: that one has the bare rows where {@code op} and
     * {@code data} should stand ({@code webhooks.md} 2.6, uncertain).
     */
    @JsonCreator
    Event(
            @JsonProperty("op") @Nullable String op,
            @JsonProperty("data") @Nullable RowChange<N, O> data,
            @JsonProperty("session_variables") @Nullable SessionVariables sessionVariables,
            @JsonProperty("trace_context") @Nullable TraceContext traceContext,
            @JsonProperty("new") @JsonAlias("row") @Nullable N bareNew,
            @JsonProperty("old") @Nullable O bareOld) {
        this(
                op == null && data == null && bareNew != null ? "MANUAL" : op,
                data == null && (bareNew != null || bareOld != null) ? new RowChange<>(bareOld, bareNew) : data,
                sessionVariables,
                traceContext);
    }

    /** What happened, {@link Operation#UNKNOWN} for a word of a newer engine. */
    public Operation operation() {
        return Operation.from(op);
    }

    @Override
    public String toString() {
        return "Event[op=" + op + "]";
    }
}
