package io.github.hasura4j.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;
import org.jspecify.annotations.Nullable;

/**
 * What the engine posts before it inserts, updates or deletes rows of a table with {@code validate_input}
 * ({@code webhooks.md} 5).
 *
 * <p>The body names neither table nor operation: give each its own URL. {@code toString()} leaves the input out.
 *
 * @param <T> one element of the input: a row for inserts, the arguments ({@code where}, {@code _set}, {@code pk_columns} …)
 *     for updates and deletes
 * @param version the format's version, 1
 * @param role the role that asks
 * @param sessionVariables who asks; empty, never null, if the body has none
 * @param data the input's envelope; the engine's code allows null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ValidationPayload<T extends @Nullable Object>(
        @JsonProperty("version") int version,
        @JsonProperty("role") @NotBlank String role,
        @JsonProperty("session_variables") SessionVariables sessionVariables,
        @JsonProperty("data") @Nullable Data<T> data) {

    public ValidationPayload {
        Required.field(role, "role", "input validation");
        sessionVariables = SessionVariables.orEmpty(sessionVariables);
    }

    /** What is to be written; never null, empty if the engine sent none. */
    public List<T> input() {
        return data == null ? List.of() : data.input();
    }

    @Override
    public String toString() {
        return "ValidationPayload[role=" + role + ", elements=" + input().size() + "]";
    }

    /**
     * The envelope of the input.
     *
     * @param <T> one element
     * @param input rows or arguments, in the client's order; never null
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Data<T extends @Nullable Object>(
            @JsonProperty("input") List<T> input) {

        public Data {
            input = input == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(input));
        }

        @Override
        public String toString() {
            return "Data[elements=" + input.size() + "]";
        }
    }
}
