package io.github.hasura4j.client.project;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SQL text that is a root field.
 *
 * @param rootField the field's name
 * @param code the SQL, with <code>{{argument}}</code> where values go
 * @param returns the logical model of its rows
 * @param arguments its arguments
 * @param comment the field's description; null for none
 */
public record NativeQueryMetadata(
        String rootField,
        String code,
        String returns,
        List<Argument> arguments,
        @Nullable String comment) {

    /**
     * An argument.
     *
     * @param name its name
     * @param type its database type
     * @param nullable whether it may be left out
     * @param description its description; null for none
     */
    public record Argument(
            String name,
            String type,
            boolean nullable,
            @Nullable String description) {}

    static NativeQueryMetadata from(JsonNode json) {
        List<Argument> arguments = new ArrayList<>();
        json.path("arguments")
                .properties()
                .forEach(argument -> arguments.add(new Argument(
                        argument.getKey(),
                        Json.text(argument.getValue(), "type"),
                        Json.flag(argument.getValue(), "nullable"),
                        Json.textOrNull(argument.getValue(), "description"))));
        JsonNode returns = json.path("returns");
        return new NativeQueryMetadata(
                Json.text(json, "root_field_name"),
                Json.text(json, "code"),
                returns.isString() ? returns.stringValue() : Json.text(returns, "logical_model"),
                List.copyOf(arguments),
                Json.textOrNull(json, "comment"));
    }
}
