package io.github.hasura4j.test.engine.rest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import graphql.language.Document;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.schema.RoleSchema;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The queries that the metadata keep by name, in collections ({@code metadata.md} A.3). */
public final class QueryCollections {

    private final Map<String, List<Query>> collections = new LinkedHashMap<>();

    private QueryCollections() {}

    /**
     * A query by name.
     *
     * @param collection the collection's name
     * @param name the query's name, unique in the collection
     * @param text the query
     * @param document the query, read; null if it is not GraphQL
     */
    record Query(
            String collection,
            String name,
            String text,
            @Nullable Document document) {}

    /** Reads the collections of metadata. */
    public static QueryCollections of(JsonNode metadata) {
        QueryCollections read = new QueryCollections();
        for (JsonNode collection : metadata.path("query_collections")) {
            String name = collection.path("name").asString("");
            List<Query> queries = new ArrayList<>();
            collection.path("definition").path("queries").forEach(query -> {
                String text = query.path("query").asString("");
                queries.add(new Query(name, query.path("name").asString(""), text, document(text)));
            });
            read.collections.put(name, queries);
        }
        return read;
    }

    private static @Nullable Document document(String text) {
        try {
            return GraphQlEngine.parse(text);
        } catch (EngineException e) {
            return null;
        }
    }

    /** The queries of a collection; none if there is no such collection. */
    List<Query> queries(String collection) {
        return collections.getOrDefault(collection, List.of());
    }

    boolean has(String collection) {
        return collections.containsKey(collection);
    }

    @Nullable
    Query find(String collection, String name) {
        return queries(collection).stream()
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** Reports the queries that do not fit admin's schema; they stay where they are, and so do the endpoints that run them. */
    public void report(RoleSchema admin, RestEndpoints endpoints, Problems problems) {
        collections.values().stream().flatMap(List::stream).forEach(query -> {
            List<String> errors = QueryDiagnosis.of(query.document(), admin);
            if (!errors.isEmpty()) {
                problems.inconsistent(
                        "query_collections",
                        query.name() + " in " + query.collection(),
                        "Inconsistent object: In query collection \"" + query.collection() + "\" the query \""
                                + query.name() + "\" is invalid with the following error(s): " + quoted(errors)
                                + usedBy(endpoints.running(query)));
            }
        });
    }

    private static String usedBy(List<String> endpoints) {
        return endpoints.isEmpty()
                ? ""
                : ". This query is being used in the following REST endpoint(s): " + quoted(endpoints);
    }

    private static String quoted(List<String> words) {
        return words.stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
    }
}
