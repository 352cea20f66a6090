package io.github.hasura4j.client.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.payload.TableName;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A relationship between two tables of one database.
 *
 * @param name the field's name
 * @param using how the rows are joined
 * @param comment the comment; null for none
 */
public record RelationshipMetadata(
        String name, Using using, @Nullable String comment) {

    /** How the rows of a relationship are joined. */
    public sealed interface Using {

        /**
         * By a foreign key of this table.
         *
         * @param columns the key's columns
         */
        record ForeignKey(List<String> columns) implements Using {}

        /**
         * By a foreign key of the other table.
         *
         * @param table the other table
         * @param columns the key's columns there
         */
        record ForeignKeyOf(TableName table, List<String> columns) implements Using {}

        /**
         * By a mapping without any foreign key.
         *
         * @param table the other table
         * @param columnMapping this table's columns to the other's
         * @param insertedAfterParent whether a nested insert puts the other row in after this one
         */
        record Manual(TableName table, Map<String, String> columnMapping, boolean insertedAfterParent)
                implements Using {}
    }

    static RelationshipMetadata from(JsonNode json) {
        return new RelationshipMetadata(
                Json.text(json, "name"), using(json.path("using")), Json.textOrNull(json, "comment"));
    }

    private static Using using(JsonNode using) {
        JsonNode manual = using.path("manual_configuration");
        if (manual.isObject()) {
            return new Using.Manual(
                    Json.table(manual.path("remote_table")),
                    new LinkedHashMap<>(Json.textMap(manual.path("column_mapping"))),
                    Json.text(manual, "insertion_order").equals("after_parent"));
        }
        JsonNode constraint = using.path("foreign_key_constraint_on");
        if (constraint.isObject()) {
            return new Using.ForeignKeyOf(
                    Json.table(constraint.path("table")),
                    columns(constraint.has("columns") ? constraint.path("columns") : constraint.path("column")));
        }
        return new Using.ForeignKey(columns(constraint));
    }

    private static List<String> columns(JsonNode columns) {
        return columns.isArray() ? Json.texts(columns) : List.of(columns.asString(""));
    }
}
