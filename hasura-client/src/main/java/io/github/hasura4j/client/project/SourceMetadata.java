package io.github.hasura4j.client.project;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A database.
 *
 * @param name the source's name, {@code default} for most
 * @param kind {@code postgres}, {@code mssql}, …
 * @param tables the tracked tables and views
 * @param functions the tracked functions
 * @param nativeQueries the native queries
 * @param logicalModels the types of native queries' rows
 * @param customization prefixes, namespaces and naming convention; null for none
 */
public record SourceMetadata(
        String name,
        String kind,
        List<TableMetadata> tables,
        List<FunctionMetadata> functions,
        List<NativeQueryMetadata> nativeQueries,
        List<LogicalModelMetadata> logicalModels,
        @Nullable JsonNode customization) {

    static SourceMetadata from(JsonNode json) {
        return new SourceMetadata(
                Json.text(json, "name"),
                json.path("kind").asString("postgres"),
                Json.list(json.path("tables"), TableMetadata::from),
                Json.list(json.path("functions"), FunctionMetadata::from),
                Json.list(json.path("native_queries"), NativeQueryMetadata::from),
                Json.list(json.path("logical_models"), LogicalModelMetadata::from),
                Json.objectOrNull(json, "customization"));
    }
}
