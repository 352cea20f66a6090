package io.github.hasura4j.test;

import java.util.Map;
import java.util.function.UnaryOperator;

import graphql.GraphQL;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.github.hasura4j.test.engine.EngineJson;
import tools.jackson.databind.JsonNode;

/** Somebody else's GraphQL server: it answers by the rules of GraphQL, and remembers what it was asked. */
final class StubGraphQlServer implements AutoCloseable {

    private final GraphQL graphQl;
    private final StubHandler handler = new StubHandler();

    StubGraphQlServer(String schema, UnaryOperator<RuntimeWiring.Builder> wiring) {
        graphQl = GraphQL.newGraphQL(new SchemaGenerator()
                        .makeExecutableSchema(
                                new SchemaParser().parse(schema),
                                wiring.apply(RuntimeWiring.newRuntimeWiring()).build()))
                .build();
        handler.answers(this::answer);
    }

    StubHandler.Reply answer(StubHandler.Received request) {
        JsonNode json = request.json();
        @SuppressWarnings("unchecked")
        Map<String, Object> variables = json.path("variables").isObject()
                ? EngineJson.mapper().treeToValue(json.path("variables"), Map.class)
                : Map.of();
        var result = graphQl.execute(
                input -> input.query(json.path("query").asString()).variables(variables));
        return StubHandler.Reply.json(
                200, EngineJson.tree(result.toSpecification()).toString());
    }

    String url() {
        return handler.url();
    }

    /** The next request. */
    StubHandler.Received next() {
        return handler.next();
    }

    /** The query of the next request. */
    String nextQuery() {
        return next().json().path("query").stringValue();
    }

    boolean hasReceivedNothingMore() {
        return handler.hasReceivedNothingMore();
    }

    void forget() {
        handler.forget();
    }

    @Override
    public void close() {
        handler.close();
    }
}
