package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;

/**
 * Which event trigger fired.
 *
 * @param name the trigger's name in the metadata, at most 42 characters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TriggerReference(
        @JsonProperty("name") @NotBlank String name) {

    public TriggerReference {
        Required.field(name, "name", "event trigger");
    }
}
