package io.github.hasura4j.test.engine.metadata;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What of other tables would be lost without a table: relationships that lead to it. */
final class Dependents {

    private Dependents() {}

    /**
     * A relationship.
     *
     * @param list where it stands
     * @param relationship the relationship
     * @param owner the table it belongs to
     */
    record Dependent(ArrayNode list, ObjectNode relationship, TableName owner) {

        void remove() {
            MetadataDocument.remove(list, relationship);
        }

        @Override
        public String toString() {
            return "relationship " + MetadataDocument.shown(owner) + "."
                    + relationship.path("name").asString("") + " in source \"default\"";
        }
    }

    /** The relationships of other tables to this one, as far as the metadata tell: by its name. */
    static List<Dependent> on(TableName table, ArrayNode tables) {
        List<Dependent> found = new ArrayList<>();
        for (JsonNode other : tables) {
            TableName owner = CommandArgs.name(other.path("table"));
            if (owner == null || owner.equals(table)) {
                continue;
            }
            for (String kind : List.of("object_relationships", "array_relationships")) {
                other.path(kind).forEach(relationship -> {
                    JsonNode using = relationship.path("using");
                    JsonNode target = using.has("manual_configuration")
                            ? using.path("manual_configuration").path("remote_table")
                            : using.path("foreign_key_constraint_on").path("table");
                    if (table.equals(CommandArgs.name(target))) {
                        found.add(new Dependent((ArrayNode) other.path(kind), (ObjectNode) relationship, owner));
                    }
                });
            }
        }
        return found;
    }

    static EngineException refusal(List<?> dependents) {
        return EngineException.of(
                "dependency-error",
                "$.args",
                "cannot drop due to the following dependent objects: "
                        + dependents.stream().map(Object::toString).collect(Collectors.joining(", ")));
    }
}
