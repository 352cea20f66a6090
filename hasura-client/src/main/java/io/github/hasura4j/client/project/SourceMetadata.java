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
 * @param functions names of the tracked functions, as {@code schema.name}
 * @param nativeQueries root field names of the native queries
 * @param customization prefixes, namespaces and naming convention; null for none
 */
public record SourceMetadata(
        String name,
        String kind,
        List<TableMetadata> tables,
        List<String> functions,
        List<String> nativeQueries,
        @Nullable JsonNode customization) {

    static SourceMetadata from(JsonNode json) {
        return new SourceMetadata(
                Json.text(json, "name"),
                json.path("kind").asString("postgres"),
                Json.list(json.path("tables"), TableMetadata::from),
                Json.list(
                        json.path("functions"),
                        function -> Json.table(function.path("function")).toString()),
                Json.list(json.path("native_queries"), query -> Json.text(query, "root_field_name")),
                Json.objectOrNull(json, "customization"));
    }
}
