package io.github.hasura4j.client.project;

import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A tracked table or view.
 *
 * @param table the table by its database name
 * @param isEnum whether its rows are the values of a GraphQL enum
 * @param customName the name it has in GraphQL instead of its own; null for none
 * @param columnNames GraphQL names of columns that have another than in the database
 * @param customRootFields GraphQL names of root fields, by {@code select}, {@code insert_one} …
 * @param comment the comment that replaces the table's own; null for none
 * @param objectRelationships relationships to at most one row
 * @param arrayRelationships relationships to many rows
 * @param computedFields the fields that functions make
 * @param remoteRelationships names of the relationships into other databases and remote schemas
 * @param insertPermissions who may insert
 * @param selectPermissions who may read
 * @param updatePermissions who may update
 * @param deletePermissions who may delete
 * @param eventTriggers the event triggers
 * @param columnComments comments of columns that replace the database's
 * @param rootFieldComments descriptions of root fields that have another than the engine's, by {@code select} …
 */
public record TableMetadata(
        TableName table,
        boolean isEnum,
        @Nullable String customName,
        Map<String, String> columnNames,
        Map<String, String> customRootFields,
        @Nullable String comment,
        List<RelationshipMetadata> objectRelationships,
        List<RelationshipMetadata> arrayRelationships,
        List<ComputedFieldMetadata> computedFields,
        List<String> remoteRelationships,
        List<InsertPermission> insertPermissions,
        List<SelectPermission> selectPermissions,
        List<UpdatePermission> updatePermissions,
        List<DeletePermission> deletePermissions,
        List<EventTriggerMetadata> eventTriggers,
        Map<String, String> columnComments,
        Map<String, String> rootFieldComments) {

    static TableMetadata from(JsonNode json) {
        JsonNode configuration = json.path("configuration");
        Map<String, String> columnNames = Json.textMap(configuration.path("custom_column_names"));
        configuration.path("column_config").properties().forEach(column -> {
            String customName = Json.textOrNull(column.getValue(), "custom_name");
            if (customName != null) {
                columnNames.put(column.getKey(), customName);
            }
        });
        return new TableMetadata(
                Json.table(json.path("table")),
                Json.flag(json, "is_enum"),
                Json.textOrNull(configuration, "custom_name"),
                Map.copyOf(columnNames),
                Json.names(configuration.path("custom_root_fields")),
                Json.textOrNull(configuration, "comment"),
                Json.list(json.path("object_relationships"), RelationshipMetadata::from),
                Json.list(json.path("array_relationships"), RelationshipMetadata::from),
                Json.list(json.path("computed_fields"), ComputedFieldMetadata::from),
                Json.list(json.path("remote_relationships"), field -> Json.text(field, "name")),
                Json.list(json.path("insert_permissions"), InsertPermission::from),
                Json.list(json.path("select_permissions"), SelectPermission::from),
                Json.list(json.path("update_permissions"), UpdatePermission::from),
                Json.list(json.path("delete_permissions"), DeletePermission::from),
                Json.list(json.path("event_triggers"), EventTriggerMetadata::from),
                Json.comments(configuration.path("column_config")),
                Json.comments(configuration.path("custom_root_fields")));
    }
}
