package io.github.hasura4j.test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import graphql.GraphQL;
import graphql.introspection.IntrospectionQueryBuilder;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.Document;
import graphql.parser.Parser;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Generated schemas beside those that a real engine generated from the same metadata and migrations. What differs stands in a
 * reviewed list that may only shrink.
 */
class SchemaComparisonTests {

    private static final String QUERY =
            IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions()
                    .directiveIsRepeatable(false)
                    .isOneOf(false));

    /** The remote schema of the tutorial: gqlgen's first example. */
    private static final String TODO_SERVER = """
            type Query { todos: [Todo!]! }
            type Mutation { createTodo(input: NewTodo!): Todo! }
            type Todo { id: ID! text: String! done: Boolean! user: User! }
            type User { id: ID! name: String! }
            input NewTodo { text: String! userId: String! }
            """;

    @Test
    void developerPortalIsWhatTheEngineMadeOfIt() throws IOException {
        Path project = SampleProjects.ofOthers("developer-portal");
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(project.resolve("expected.introspection.json.gz")))) {
            LocalHasura.Builder engine = LocalHasura.forProject(project)
                    .environment("NEXT_API_URL", "http://localhost:1")
                    .environment("INTERNAL_ENDPOINTS_SECRET", "unused");
            compare(engine, document(in.readAllBytes()), "developer-portal");
        }
    }

    @Test
    void learnGraphqlIsWhatTheEngineMadeOfIt() throws IOException {
        Path project = SampleProjects.ofOthers("learn-graphql-go");
        GraphQL remote = GraphQL.newGraphQL(new SchemaGenerator()
                        .makeExecutableSchema(new SchemaParser().parse(TODO_SERVER), RuntimeWiring.MOCKED_WIRING))
                .build();
        try (StubHandler server = new StubHandler()) {
            server.answers(request -> StubHandler.Reply.json(
                    200,
                    EngineJson.tree(remote.execute(request.json().path("query").asString())
                                    .toSpecification())
                            .toString()));
            LocalHasura.Builder engine = LocalHasura.forProject(project)
                    .connectTo("golang-backend-server:3000", "localhost:" + server.port());
            compare(
                    engine,
                    Parser.parse(Files.readString(project.resolve("expected.schema.graphql"))),
                    "learn-graphql-go");
        }
    }

    private static void compare(LocalHasura.Builder builder, Document expected, String name) throws IOException {
        SchemaShape expectedShape = SchemaShape.of(expected);
        SchemaShape shape;
        try (LocalHasura engine = builder.start()) {
            shape = SchemaShape.of(document(Requests.to(engine).data(QUERY).getBytes(StandardCharsets.UTF_8)));
        }
        List<String> differences = shape.differencesFrom(expectedShape);
        List<String> known = known(name);
        List<String> grown = new ArrayList<>(differences);
        grown.removeAll(known);
        List<String> gone = new ArrayList<>(known);
        gone.removeAll(differences);
        assertThat(expectedShape.size()).isGreaterThan(100);
        assertThat(grown)
                .as("differences from the engine's schema that are not in schema-differences/%s.txt", name)
                .isEmpty();
        assertThat(gone)
                .as("differences that are no more: take them out of schema-differences/%s.txt", name)
                .isEmpty();
    }

    private static List<String> known(String name) throws IOException {
        try (InputStream in = SchemaComparisonTests.class.getResourceAsStream("/schema-differences/" + name + ".txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .filter(line -> !line.isBlank() && !line.startsWith("#"))
                            .toList();
        }
    }

    private static Document document(byte[] introspection) {
        Map<String, Object> result =
                EngineJson.mapper().readValue(introspection, new TypeReference<Map<String, Object>>() {});
        return new IntrospectionResultToSchema().createSchemaDefinition(result);
    }
}
