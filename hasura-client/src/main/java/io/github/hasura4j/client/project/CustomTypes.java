package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The types that actions use besides the built-in and the database's scalars.
 *
 * @param scalars names of the custom scalars
 * @param enums the enums
 * @param inputObjects the input objects
 * @param objects the objects
 */
public record CustomTypes(
        List<String> scalars, List<EnumType> enums, List<InputObjectType> inputObjects, List<ObjectType> objects) {

    /**
     * An enum.
     *
     * @param name its name
     * @param description its description; null for none
     * @param values its values
     */
    public record EnumType(String name, @Nullable String description, List<String> values) {}

    /**
     * An input object.
     *
     * @param name its name
     * @param description its description; null for none
     * @param fields its fields
     */
    public record InputObjectType(String name, @Nullable String description, List<ActionMetadata.Argument> fields) {}

    /**
     * An object.
     *
     * @param name its name
     * @param description its description; null for none
     * @param fields its fields
     * @param relationships names of its relationships to tables
     */
    public record ObjectType(
            String name,
            @Nullable String description,
            List<ActionMetadata.Argument> fields,
            List<String> relationships) {}

    static CustomTypes from(JsonNode json) {
        return new CustomTypes(
                Json.list(json.path("scalars"), type -> Json.text(type, "name")),
                Json.list(
                        json.path("enums"),
                        type -> new EnumType(
                                Json.text(type, "name"),
                                Json.textOrNull(type, "description"),
                                Json.list(type.path("values"), value -> Json.text(value, "value")))),
                Json.list(
                        json.path("input_objects"),
                        type -> new InputObjectType(
                                Json.text(type, "name"),
                                Json.textOrNull(type, "description"),
                                Json.list(type.path("fields"), ActionMetadata.Argument::from))),
                Json.list(
                        json.path("objects"),
                        type -> new ObjectType(
                                Json.text(type, "name"),
                                Json.textOrNull(type, "description"),
                                Json.list(type.path("fields"), ActionMetadata.Argument::from),
                                Json.list(type.path("relationships"), field -> Json.text(field, "name")))));
    }
}
