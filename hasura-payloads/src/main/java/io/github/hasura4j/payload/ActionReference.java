package io.github.hasura4j.payload;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotBlank;

/**
 * Which action is called.
 *
 * @param name the action's name in the metadata
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ActionReference(
        @JsonProperty("name") @NotBlank String name) {

    public ActionReference {
        Required.field(name, "name", "action");
    }
}
