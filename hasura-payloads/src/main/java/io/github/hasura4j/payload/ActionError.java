package io.github.hasura4j.payload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body with which a webhook refuses: the engine hands {@code message} and {@code extensions} to its client when the
 * status is a 4xx ({@code webhooks.md} 1.5).
 *
 * <p>The code travels inside {@code extensions}, because the engine drops a {@code code} beside it as soon as there are
 * extensions at all.
 *
 * @param message what the client is told; the engine insists on it
 * @param extensions shown to the client word for word; empty is left out of the JSON, and the engine then fills in its own
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActionError(
        @JsonProperty("message") @NotNull String message,

        @JsonProperty("extensions") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        Map<String, @Nullable Object> extensions) {

    public ActionError {
        Required.field(message, "message", "refusal");
        extensions = extensions == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(extensions));
    }

    /** Refuse with a code that clients can branch on, such as {@code invalid-credentials}. */
    public static ActionError of(String code, String message) {
        return new ActionError(message, Map.of("code", code));
    }

    /** The same refusal with one more entry in {@code extensions}; an entry of that name is replaced. */
    public ActionError with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new ActionError(message, more);
    }

    /** The code inside {@code extensions}, or null if there is none or it is not text. */
    public @Nullable String code() {
        return extensions.get("code") instanceof String code ? code : null;
    }
}
