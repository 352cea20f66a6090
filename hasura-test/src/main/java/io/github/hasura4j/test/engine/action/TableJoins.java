package io.github.hasura4j.test.engine.action;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.normalized.ExecutableNormalizedField;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.schema.ActionRelationships;
import io.github.hasura4j.test.engine.schema.Relationship;
import io.github.hasura4j.test.engine.sql.PostgresErrors;
import io.github.hasura4j.test.engine.sql.TableFields;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Joins rows of tables to the answers of actions: one statement for each selected relationship, whatever number of objects the
 * answer has. An object whose key is null in part gets null, lists too, as in the engine.
 */
public final class TableJoins {

    private final ActionRelationships relationships;
    private final PostgresServer postgres;
    private final TableFields tables;

    public TableJoins(ActionRelationships relationships, PostgresServer postgres, TableFields tables) {
        this.relationships = relationships;
        this.postgres = postgres;
        this.tables = tables;
    }

    /** What the client selected of an answer that fits, with the rows that belong to it. */
    JsonNode select(
            ActionOutput output,
            JsonNode answer,
            String outputType,
            List<ExecutableNormalizedField> selected,
            Session session) {
        Map<ExecutableNormalizedField, Join> joins = new IdentityHashMap<>();
        JsonNode projected = output.select(answer, outputType, selected, (type, field, value, into) -> {
            Relationship relationship = relationships.find(type, field.getName());
            if (relationship != null) {
                joins.computeIfAbsent(field, none -> new Join(relationship)).add(value, into);
            }
            return relationship != null;
        });
        if (joins.values().stream().anyMatch(join -> !join.keys.isEmpty())) {
            try (Connection connection = postgres.connection()) {
                joins.forEach((field, join) -> join.fill(connection, field, session));
            } catch (SQLException e) {
                throw PostgresErrors.translate(e, "$");
            }
        }
        return projected;
    }

    /** Where the rows of one selected relationship belong. */
    private final class Join {

        private final Relationship relationship;
        private final Map<JsonNode, List<ObjectNode>> keys = new LinkedHashMap<>();

        Join(Relationship relationship) {
            this.relationship = relationship;
        }

        void add(JsonNode value, ObjectNode into) {
            ObjectNode key = JsonNodeFactory.instance.objectNode();
            for (String field : relationship.columns().keySet()) {
                JsonNode part = value.path(field);
                if (part.isNull() || part.isMissingNode()) {
                    return;
                }
                key.set(field, part);
            }
            keys.computeIfAbsent(key, none -> new ArrayList<>()).add(into);
        }

        void fill(Connection connection, ExecutableNormalizedField field, Session session) {
            if (keys.isEmpty()) {
                return;
            }
            ArrayNode asked = JsonNodeFactory.instance.arrayNode().addAll(List.copyOf(keys.keySet()));
            JsonNode rows = tables.related(connection, session, relationship, field, asked);
            int i = 0;
            for (List<ObjectNode> objects : keys.values()) {
                JsonNode row = rows.path(i++);
                objects.forEach(object -> object.set(field.getResultKey(), row));
            }
        }
    }
}
