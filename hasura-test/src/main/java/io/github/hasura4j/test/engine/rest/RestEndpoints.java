package io.github.hasura4j.test.engine.rest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Problems;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The REST endpoints of the metadata, {@code /api/rest/…} ({@code local-engine.md} E.6). Each runs a query of a collection by the
 * permissions of whoever asks.
 */
public final class RestEndpoints {

    /** The methods that an endpoint may answer to. */
    public static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");

    private static final String KIND = "rest_endpoint";

    private final List<RestEndpoint> endpoints = new ArrayList<>();

    private RestEndpoints() {}

    /** Reads the endpoints of metadata, and says what is wrong with them. Only those without a query are left out. */
    public static RestEndpoints of(JsonNode metadata, QueryCollections collections, Problems problems) {
        RestEndpoints read = new RestEndpoints();
        for (JsonNode endpoint : metadata.path("rest_endpoints")) {
            String name = endpoint.path("name").asString("");
            try {
                read.endpoints.add(resolve(name, endpoint, collections));
            } catch (EngineException e) {
                problems.inconsistent(KIND, name, "Inconsistent object: in endpoint " + name + ": " + e.getMessage());
            }
        }
        read.endpoints.sort(Comparator.comparing(RestEndpoint::name));
        read.report(problems);
        return read;
    }

    private static RestEndpoint resolve(String name, JsonNode endpoint, QueryCollections collections) {
        JsonNode reference = endpoint.path("definition").path("query");
        String collection = reference.path("collection_name").asString("");
        String queryName = reference.path("query_name").asString("");
        if (!collections.has(collection)) {
            throw EngineException.of("not-exists", "$", "collection with name " + collection + " does not exist");
        }
        QueryCollections.Query query = collections.find(collection, queryName);
        if (query == null) {
            throw EngineException.of(
                    "not-exists", "$", "query with name " + queryName + " does not exist in collection " + collection);
        }
        OperationDefinition operation = operation(queryName, query.document());
        if (operation.getOperation() == Operation.SUBSCRIPTION) {
            throw EngineException.methodNotAllowed("query with name " + queryName + " is a subscription");
        }
        return new RestEndpoint(
                name, endpoint.path("url").asString(""), RestEndpoint.methods(endpoint), query, operation);
    }

    private static OperationDefinition operation(String queryName, @Nullable Document document) {
        if (document == null) {
            throw EngineException.of(
                    "bad-request", "$", "query with name " + queryName + " is not a valid graphql query");
        }
        List<Definition> definitions = document.getDefinitions();
        if (definitions.size() == 1 && definitions.get(0) instanceof OperationDefinition operation) {
            return operation;
        }
        throw EngineException.of(
                "bad-request",
                "$",
                "query with name " + queryName
                        + (definitions.isEmpty() ? " has no definitions." : " has multiple definitions."));
    }

    private void report(Problems problems) {
        for (RestEndpoint endpoint : endpoints) {
            if (endpoint.namesVariablesTwice()) {
                problems.inconsistent(
                        KIND, endpoint.name(), "Duplicate variables found in endpoint path: " + endpoint.url());
            }
            if (endpoint.hasEmptySegments()) {
                problems.inconsistent(
                        KIND,
                        endpoint.name(),
                        "Empty segments or unnamed variables are not allowed: " + endpoint.url());
            }
        }
        List<RestEndpoint> left = new ArrayList<>(endpoints);
        while (!left.isEmpty()) {
            List<RestEndpoint> group = clashing(left.get(0), left);
            left.removeAll(group);
            if (group.size() > 1) {
                problems.inconsistent(
                        KIND,
                        group.get(0).name(),
                        "Ambiguous URL paths: "
                                + group.stream().map(RestEndpoint::url).collect(Collectors.joining(", ")));
            }
        }
    }

    /** An endpoint with those that clash with it, and those that clash with these. */
    private static List<RestEndpoint> clashing(RestEndpoint first, List<RestEndpoint> all) {
        List<RestEndpoint> group = new ArrayList<>(List.of(first));
        for (int i = 0; i < group.size(); i++) {
            RestEndpoint each = group.get(i);
            all.stream()
                    .filter(other -> !group.contains(other) && other.clashesWith(each))
                    .toList()
                    .forEach(group::add);
        }
        group.sort(Comparator.comparing(RestEndpoint::name));
        return group;
    }

    /** The names of the endpoints that run a query. */
    List<String> running(QueryCollections.Query query) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.query().text().equals(query.text()))
                .map(RestEndpoint::name)
                .toList();
    }

    /**
     * The GraphQL request that a REST request stands for.
     *
     * @param method its method
     * @param path its path after {@code /api/rest/}, decoded
     * @param queryString its query string as it was sent; empty if there is none
     * @param body its body; whatever is not an object counts as none
     * @throws EngineException if no endpoint answers it, or its variables are not those of the endpoint's query
     */
    public JsonNode request(String method, String path, String queryString, JsonNode body) {
        if (!METHODS.contains(method)) {
            throw EngineException.methodNotAllowed("Method " + method + " not supported.");
        }
        List<String> segments = RestEndpoint.segments(path);
        RestEndpoint endpoint = endpoint(method, segments);
        RestVariables variables = new RestVariables(endpoint.operation());
        variables.addQueryString(queryString);
        variables.addBody(body);
        List<String> template = RestEndpoint.segments(endpoint.url());
        for (int i = 0; i < template.size(); i++) {
            if (RestEndpoint.isVariable(template.get(i))) {
                variables.add(template.get(i).substring(1), segments.get(i));
            }
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("query", endpoint.query().text())
                .set("variables", variables.resolved());
    }

    private RestEndpoint endpoint(String method, List<String> path) {
        List<RestEndpoint> matching =
                endpoints.stream().filter(endpoint -> endpoint.matches(path)).toList();
        List<RestEndpoint> answering = matching.stream()
                .filter(endpoint -> endpoint.methods().contains(method))
                .toList();
        if (answering.size() > 1) {
            throw EngineException.unexpected("Multiple endpoints match request");
        }
        if (answering.size() == 1) {
            return answering.get(0);
        }
        if (matching.isEmpty()) {
            throw EngineException.notFound("Endpoint not found");
        }
        TreeSet<String> allowed = new TreeSet<>();
        matching.forEach(endpoint -> allowed.addAll(endpoint.methods()));
        throw EngineException.methodNotAllowed("Allowed methods: " + String.join(", ", allowed));
    }
}
