package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/**
 * What the engine posts when a client runs an action, query or mutation alike ({@code webhooks.md} 1.1).
 *
 * <p>{@code toString()} leaves the input and the client's document out.
 *
 * @param <T> the input type, shaped like the action's arguments; {@code Void} for an action without arguments
 * @param action which action, as named in the metadata
 * @param input the arguments. The engine's schema has checked them, your own rules have not. Arguments the client left out
 *     are absent, an explicit null is null: a record shows both as {@code null}, a {@code Map} tells them apart
 * @param sessionVariables who asks; trustworthy once the webhook secret has been checked, except that with the engine's
 *     unauthorized role everything but the role is the client's own invention. Empty, never null, if the body has none
 * @param requestQuery the client's whole GraphQL document, variables not filled in; {@code null} for asynchronous actions and
 *     from engines before 2.1
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActionPayload<T extends @Nullable Object>(
        @JsonProperty("action") @NotNull @Valid ActionReference action,
        @JsonProperty("input") T input,
        @JsonProperty("session_variables") SessionVariables sessionVariables,
        @JsonProperty("request_query") @Nullable String requestQuery) {

    public ActionPayload {
        Required.field(action, "action", "action call");
        sessionVariables = SessionVariables.orEmpty(sessionVariables);
    }

    @Override
    public String toString() {
        return "ActionPayload[action=" + action.name() + ", " + sessionVariables + "]";
    }
}
