package io.github.hasura4j.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.parser.Parser;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens on the loopback, keeps what it gets, tells its schema as graphql-java does, and answers everything else with what
 * the test says. Every document that arrives is parsed and validated by graphql-java; the test fails if one is not valid.
 */
final class FakeEngine implements AutoCloseable {

    static final String SCHEMA = """
            schema { query: query_root mutation: mutation_root }
            scalar uuid  scalar numeric  scalar timestamptz  scalar jsonb
            input String_comparison_exp { _eq: String _ilike: String }
            input user_bool_exp { name: String_comparison_exp _and: [user_bool_exp!] }
            input order_bool_exp { total: numeric }
            input user_insert_input { id: uuid name: String }
            enum order_by { asc desc }
            input user_order_by { name: order_by }
            type user {
              id: uuid!
              name: String
              balance: numeric
              meta(path: String): jsonb
              orders(limit: Int, where: order_bool_exp): [order!]!
            }
            type order { id: uuid! total: numeric user(limit: Int): user lines(limit: Int): [line!]! }
            type line { sku: String! }
            type user_mutation_response { affected_rows: Int! returning: [user!]! }
            type query_root {
              user(where: user_bool_exp, limit: Int, order_by: [user_order_by!]): [user!]!
              user_by_pk(id: uuid!): user
              hello(name: String): String!
            }
            type mutation_root {
              insert_user(objects: [user_insert_input!]!): user_mutation_response
              ping(times: Int): Int!
            }
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> invalid = new CopyOnWriteArrayList<>();
    private final GraphQLSchema schema = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse(SCHEMA),
                    RuntimeWiring.newRuntimeWiring()
                            .scalar(anything("uuid"))
                            .scalar(anything("numeric"))
                            .scalar(anything("timestamptz"))
                            .scalar(anything("jsonb"))
                            .build());
    private volatile Answering answering = exchange -> reply(exchange, 200, "{\"data\": {}}");
    private volatile Answering introspection = this::tellSchema;
    private volatile boolean validating = true;

    FakeEngine() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    record Received(String method, String path, Headers headers, String text, JsonNode body) {

        String document() {
            return body.path("query").asString();
        }

        boolean isIntrospection() {
            return document().contains("__schema");
        }
    }

    interface Answering {
        void answer(HttpExchange exchange) throws IOException;
    }

    FakeEngine answers(String body) {
        return answers(200, body);
    }

    FakeEngine answers(int status, String body) {
        return answersWith(exchange -> reply(exchange, status, body));
    }

    FakeEngine answersWith(Answering answering) {
        this.answering = answering;
        return this;
    }

    /** One after the other, the last one from then on. */
    FakeEngine answersInTurn(Answering... answers) {
        AtomicInteger next = new AtomicInteger();
        return answersWith(exchange -> answers[Math.min(next.getAndIncrement(), answers.length - 1)].answer(exchange));
    }

    static Answering answer(int status, String body) {
        return exchange -> reply(exchange, status, body);
    }

    FakeEngine answersIntrospectionWith(Answering answering) {
        this.introspection = answering;
        return this;
    }

    /** For documents whose fields are not in {@link #SCHEMA}. */
    FakeEngine withoutValidation() {
        this.validating = false;
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A client that sends everything once. */
    HasuraClient.Builder client() {
        return HasuraClient.builder().endpoint(uri()).retry(RetryPolicy.none());
    }

    HasuraClient admin() {
        return client().adminSecret("s3cret").build();
    }

    List<Received> received() {
        return received;
    }

    /** The only request besides the question for the schema. */
    Received asked() {
        List<Received> asked =
                received.stream().filter(each -> !each.isIntrospection()).toList();
        if (asked.size() != 1) {
            throw new AssertionError("Expected one request, but got " + asked);
        }
        return asked.get(0);
    }

    long introspections() {
        return received.stream().filter(Received::isIntrospection).count();
    }

    static void reply(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    void tellSchema(HttpExchange exchange) throws IOException {
        Map<String, Object> told = GraphQL.newGraphQL(schema)
                .build()
                .execute(received.stream()
                        .filter(Received::isIntrospection)
                        .findFirst()
                        .orElseThrow()
                        .document())
                .toSpecification();
        reply(exchange, 200, JsonMapper.shared().writeValueAsString(told));
    }

    private void handle(HttpExchange exchange) throws IOException {
        String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Received request = new Received(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders(),
                text,
                JsonMapper.shared().readTree(text));
        received.add(request);
        try {
            if (request.body().isArray()) {
                request.body().forEach(each -> check(each.path("query").asString()));
            } else {
                check(request.document());
            }
        } catch (RuntimeException e) {
            invalid.add(request.document() + ": " + e);
        }
        (request.isIntrospection() ? introspection : answering).answer(exchange);
    }

    private void check(String document) {
        if (validating) {
            var result = ParseAndValidate.parseAndValidate(
                    schema, ExecutionInput.newExecutionInput(document).build());
            if (result.isFailure()) {
                throw new IllegalStateException(result.getErrors().toString());
            }
        } else {
            Parser.parse(document);
        }
    }

    private static graphql.schema.GraphQLScalarType anything(String name) {
        return graphql.Scalars.GraphQLString.transform(scalar -> scalar.name(name));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        if (!invalid.isEmpty()) {
            throw new AssertionError("Documents that are not valid: " + invalid);
        }
    }
}
