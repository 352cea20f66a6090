package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

import io.github.hasura4j.client.project.ColumnSet;
import io.github.hasura4j.test.engine.catalog.Column;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Several roles' reading of a table in one: the rows of all of them, the columns of all of them, and in each row the cells of those
 * columns that one of the roles sees that has the row.
 */
final class InheritedSelect {

    private final TrackedTable table;
    private final List<Access.Select> parents;

    private InheritedSelect(TrackedTable table, List<Access.Select> parents) {
        this.table = table;
        this.parents = parents;
    }

    /** Combines what parents may read. */
    static Access.Select of(TrackedTable table, List<Access.Select> parents) {
        return new InheritedSelect(table, parents).combined();
    }

    private Access.Select combined() {
        Integer limit = null;
        Map<String, JsonNode> cells = new LinkedHashMap<>();
        Set<String> columns = new LinkedHashSet<>();
        Set<String> computed = new LinkedHashSet<>();
        for (Access.Select parent : parents) {
            // As in the engine: a parent without a limit does not lift the others'.
            limit = limit == null ? parent.limit() : parent.limit() == null ? limit : max(limit, parent.limit());
        }
        for (Column column : table.columns()) {
            if (add(table.fieldOf(column), parent -> parent.columns().contains(column.name()), cells)) {
                columns.add(column.name());
            }
        }
        for (ComputedField field : table.computedFields().values()) {
            if (add(field.name(), parent -> parent.computes(field.name()), cells)) {
                computed.add(field.name());
            }
        }
        return new Access.Select(
                new ColumnSet(false, List.copyOf(columns)),
                any(parents.stream().map(InheritedSelect::filter).toList()),
                limit,
                parents.stream().anyMatch(Access.Select::aggregations),
                List.copyOf(computed),
                union(Access.Select::queryFields),
                union(Access.Select::subscriptionFields),
                cells);
    }

    private static Integer max(int one, int other) {
        return Math.max(one, other);
    }

    /** Whether any parent sees a field, and when its cells are to be seen where that is not always so. */
    private boolean add(String field, Predicate<Access.Select> sees, Map<String, JsonNode> cells) {
        List<JsonNode> seen = new ArrayList<>();
        boolean always = true;
        for (Access.Select parent : parents) {
            JsonNode cell = parent.cells().get(field);
            if (sees.test(parent)) {
                seen.add(cell == null ? filter(parent) : all(List.of(filter(parent), cell)));
            }
            always &= sees.test(parent) && cell == null;
        }
        if (!always && !seen.isEmpty()) {
            cells.put(field, any(seen));
        }
        return !seen.isEmpty();
    }

    private static JsonNode filter(Access.Select select) {
        return select.filter() == null || !select.filter().isObject()
                ? JsonNodeFactory.instance.objectNode()
                : select.filter();
    }

    private static JsonNode any(List<JsonNode> expressions) {
        return expressions.size() == 1 ? expressions.get(0) : joined("_or", expressions);
    }

    private static JsonNode all(List<JsonNode> expressions) {
        return joined("_and", expressions);
    }

    private static JsonNode joined(String operator, List<JsonNode> expressions) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode().addAll(expressions);
        return JsonNodeFactory.instance.objectNode().set(operator, list);
    }

    private @Nullable List<String> union(Function<Access.Select, @Nullable List<String>> fieldsOf) {
        Set<String> union = new LinkedHashSet<>();
        for (Access.Select parent : parents) {
            List<String> fields = fieldsOf.apply(parent);
            if (fields == null) {
                return null;
            }
            union.addAll(fields);
        }
        return List.copyOf(union);
    }
}
