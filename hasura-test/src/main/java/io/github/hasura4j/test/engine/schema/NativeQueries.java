package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.hasura4j.client.project.LogicalModelMetadata;
import io.github.hasura4j.client.project.NativeQueryMetadata;
import io.github.hasura4j.client.project.SourceMetadata;
import io.github.hasura4j.client.project.TableMetadata;
import io.github.hasura4j.payload.TableName;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.SqlTypes;
import io.github.hasura4j.test.engine.catalog.Table;

/** Native queries with the logical models of their rows; a model is treated like a table that cannot be written. */
final class NativeQueries {

    private NativeQueries() {}

    static List<TrackedNativeQuery> resolve(SourceMetadata source, InheritedRoles roles, Problems problems) {
        Map<String, TrackedTable> models = new HashMap<>();
        for (LogicalModelMetadata model : source.logicalModels()) {
            if (model.fields().stream().allMatch(field -> field.scalar() != null)) {
                models.put(model.name(), model(model, roles, problems));
            }
        }
        List<TrackedNativeQuery> queries = new ArrayList<>();
        for (NativeQueryMetadata query : source.nativeQueries()) {
            TrackedTable model = models.get(query.returns());
            if (model != null) {
                queries.add(new TrackedNativeQuery(query, model));
            } else {
                problems.unsupported("native query '" + query.rootField()
                        + "': its logical model is not known, or has fields that are models themselves");
            }
        }
        return queries;
    }

    private static TrackedTable model(LogicalModelMetadata model, InheritedRoles roles, Problems problems) {
        List<Column> columns = new ArrayList<>();
        model.fields()
                .forEach(field -> columns.add(SqlTypes.column(
                        field.name(), field.scalar() + (field.array() ? "[]" : ""), !field.nullable(), null)));
        TableName name = new TableName("public", model.name());
        Table rows = new Table(
                name,
                false,
                new Table.Writes(false, false, false),
                null,
                List.copyOf(columns),
                List.of(),
                List.of(),
                List.of());
        return new TrackedTable(
                new TableMetadata(
                        name,
                        false,
                        null,
                        Map.of(),
                        Map.of(),
                        model.description(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        model.selectPermissions(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Map.of(),
                        Map.of()),
                rows,
                roles,
                problems);
    }
}
