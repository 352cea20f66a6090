package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A type of rows that no table has, for native queries.
 *
 * @param name the type's name
 * @param fields the fields, in order
 * @param selectPermissions who may read
 * @param description the description; null for none
 */
public record LogicalModelMetadata(
        String name,
        List<Field> fields,
        List<SelectPermission> selectPermissions,
        @Nullable String description) {

    /**
     * A field.
     *
     * @param name its name
     * @param scalar its type, a database type; null where it is another logical model
     * @param nullable whether it may be null
     * @param array whether it is a list of that type
     */
    public record Field(String name, @Nullable String scalar, boolean nullable, boolean array) {

        static Field from(JsonNode json) {
            JsonNode type = json.path("type");
            JsonNode of = type.has("array") ? type.path("array") : type;
            return new Field(
                    Json.text(json, "name"),
                    type.isString() ? type.stringValue() : Json.textOrNull(of, "scalar"),
                    Json.flag(type, "nullable"),
                    type.has("array"));
        }
    }

    static LogicalModelMetadata from(JsonNode json) {
        return new LogicalModelMetadata(
                Json.text(json, "name"),
                Json.list(json.path("fields"), Field::from),
                Json.list(json.path("select_permissions"), SelectPermission::from),
                Json.textOrNull(json, "description"));
    }
}
