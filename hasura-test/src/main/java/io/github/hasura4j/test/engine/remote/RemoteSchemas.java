package io.github.hasura4j.test.engine.remote;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.introspection.IntrospectionQueryBuilder;
import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationDefinition;
import graphql.language.SDLDefinition;
import graphql.language.SchemaDefinition;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperationToAstCompiler;
import graphql.schema.GraphQLSchema;
import io.github.hasura4j.client.project.RemoteSchemaMetadata;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.Trace;
import io.github.hasura4j.test.engine.http.ClientHeaders;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.schema.RemoteTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The remote schemas of a project: introspected when loaded, and again on a reload; queries are forwarded to them. */
public final class RemoteSchemas {

    private static final String INTROSPECTION =
            IntrospectionQueryBuilder.build(IntrospectionQueryBuilder.Options.defaultOptions()
                    .directiveIsRepeatable(false)
                    .specifiedByUrl(false));

    private final Map<String, RemoteSchemaMetadata> schemas = new LinkedHashMap<>();
    private final Map<RemoteSchemaMetadata, Introspected> introspected = new LinkedHashMap<>();
    private final Webhooks webhooks;
    private final Environment environment;
    private final Problems problems;

    public RemoteSchemas(
            List<RemoteSchemaMetadata> schemas, Webhooks webhooks, Environment environment, Problems problems) {
        this.webhooks = webhooks;
        this.environment = environment;
        this.problems = problems;
        for (RemoteSchemaMetadata schema : schemas) {
            this.schemas.put(schema.name(), schema);
            JsonNode customization = schema.customization();
            if (customization != null && !customization.isEmpty()) {
                problems.unsupported("customization of the remote schema '" + schema.name() + "'");
            }
            schema.permissions()
                    .forEach(role -> problems.unsupported(
                            "permissions of role '" + role + "' on the remote schema '" + schema.name() + "'"));
            schema.relationships()
                    .forEach(field -> problems.unsupported(
                            "remote relationship '" + field + "' of the remote schema '" + schema.name() + "'"));
        }
    }

    /**
     * What a remote schema has answered to introspection.
     *
     * @param types its types; null if it did not answer
     * @param problem why not; null if it did
     */
    public record Introspected(
            @Nullable RemoteTypes types, @Nullable String problem) {}

    /** What they have answered, by the metadata they were asked for. */
    public Map<RemoteSchemaMetadata, Introspected> introspected() {
        return Map.copyOf(introspected);
    }

    /**
     * Introspects them; those that do not answer are reported as inconsistent and left out.
     *
     * @param known what was answered before and need not be asked for again, failures among it
     */
    public List<RemoteTypes> load(Map<RemoteSchemaMetadata, Introspected> known) {
        List<RemoteTypes> loaded = new ArrayList<>();
        for (RemoteSchemaMetadata schema : schemas.values()) {
            JsonNode customization = schema.customization();
            if (customization != null && !customization.isEmpty()) {
                continue;
            }
            Introspected before = known.get(schema);
            Introspected answer = before == null ? ask(schema) : before;
            introspected.put(schema, answer);
            if (answer.types() != null) {
                loaded.add(answer.types());
            } else {
                problems.inconsistent("remote_schema", schema.name(), "Inconsistent object: " + answer.problem());
            }
        }
        return loaded;
    }

    private Introspected ask(RemoteSchemaMetadata schema) {
        try {
            return new Introspected(introspect(schema), null);
        } catch (IOException | RuntimeException e) {
            return new Introspected(null, reason(e));
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "no answer (" + e.getClass().getSimpleName() + ")" : e.getMessage();
    }

    private RemoteTypes introspect(RemoteSchemaMetadata schema) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", INTROSPECTION);
        body.put("operationName", "IntrospectionQuery");
        Webhooks.Answer answer =
                post(schema, webhooks.headers(schema.headers(), environment, Trace.fresh()), EngineJson.write(body));
        JsonNode data;
        try {
            data = EngineJson.parse(answer.body()).path("data");
        } catch (JacksonException e) {
            throw new IOException(
                    "the answer to the introspection query is not JSON (status " + answer.status() + ")", e);
        }
        if (!data.path("__schema").isObject()) {
            throw new IOException(
                    "the answer to the introspection query has no schema (status " + answer.status() + ")");
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> result = EngineJson.mapper().treeToValue(data, Map.class);
        return types(schema.name(), new IntrospectionResultToSchema().createSchemaDefinition(result));
    }

    private static RemoteTypes types(String name, Document document) {
        String query = "Query";
        String mutation = "Mutation";
        String subscription = "Subscription";
        for (SchemaDefinition roots : document.getDefinitionsOfType(SchemaDefinition.class)) {
            for (var root : roots.getOperationTypeDefinitions()) {
                switch (root.getName()) {
                    case "query" -> query = root.getTypeName().getName();
                    case "mutation" -> mutation = root.getTypeName().getName();
                    default -> subscription = root.getTypeName().getName();
                }
            }
        }
        List<FieldDefinition> queries = List.of();
        List<FieldDefinition> mutations = List.of();
        List<SDLDefinition<?>> others = new ArrayList<>();
        for (var definition : document.getDefinitions()) {
            if (definition instanceof ObjectTypeDefinition object
                    && object.getName().equals(query)) {
                queries = object.getFieldDefinitions();
            } else if (definition instanceof ObjectTypeDefinition object
                    && object.getName().equals(mutation)) {
                mutations = object.getFieldDefinitions();
            } else if (definition instanceof ObjectTypeDefinition object
                    && object.getName().equals(subscription)) {
                continue;
            } else if (definition instanceof SDLDefinition<?> type && !(definition instanceof SchemaDefinition)) {
                others.add(type);
            }
        }
        return new RemoteTypes(name, queries, mutations, others);
    }

    /**
     * Forwards one field.
     *
     * @return the field's JSON, and cookies for the client
     * @throws RemoteErrors with the remote server's own errors, which go to the client as they are
     */
    public Forwarded forward(
            String name,
            GraphQLSchema schema,
            OperationDefinition.Operation operation,
            ExecutableNormalizedField field,
            Session session) {
        RemoteSchemaMetadata remote = schemas.get(name);
        if (remote == null) {
            throw EngineException.unexpected("no remote schema '" + name + "'");
        }
        ExecutableNormalizedOperationToAstCompiler.CompilerResult compiled =
                ExecutableNormalizedOperationToAstCompiler.compileToDocument(
                        schema, operation, null, List.of(field), null);
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("query", AstPrinter.printAstCompact(compiled.getDocument()));
        if (!compiled.getVariables().isEmpty()) {
            body.set("variables", EngineJson.tree(compiled.getVariables()));
        }
        // Configured headers win over the session, and that over the client's own: webhooks.md 6.
        Map<String, String> headers = webhooks.headers(remote.headers(), environment, session.trace());
        session.variables().asMap().forEach(headers::putIfAbsent);
        if (remote.forwardClientHeaders()) {
            ClientHeaders.forwarded(session.clientHeaders()).forEach(headers::putIfAbsent);
        }
        Webhooks.Answer response;
        JsonNode answer;
        try {
            response = post(remote, headers, EngineJson.write(body));
            answer = EngineJson.parse(response.body());
        } catch (IOException e) {
            throw EngineException.of(
                    "remote-schema-error",
                    "$",
                    "HTTP exception occurred while sending the request to \"" + remote.name() + "\"");
        } catch (JacksonException e) {
            throw EngineException.of("remote-schema-error", "$", "the answer of \"" + remote.name() + "\" is not JSON");
        }
        if (answer.path("errors").isArray() && !answer.path("errors").isEmpty()) {
            throw new RemoteErrors(answer.path("errors"));
        }
        JsonNode value = answer.path("data").get(field.getResultKey());
        if (value == null) {
            throw EngineException.of("remote-schema-error", "$", "the answer of \"" + remote.name() + "\" has no data");
        }
        return new Forwarded(value, response.headers().getOrDefault("set-cookie", List.of()));
    }

    /**
     * What a remote schema answered.
     *
     * @param value the field's JSON
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    public record Forwarded(JsonNode value, List<String> cookies) {}

    private Webhooks.Answer post(RemoteSchemaMetadata remote, Map<String, String> headers, String body)
            throws IOException {
        String url = environment.url(remote.url(), remote.urlFromEnv());
        return webhooks.post(url, headers, body, Duration.ofSeconds(remote.timeoutSeconds()));
    }

    /** Errors of a remote server. */
    public static final class RemoteErrors extends RuntimeException {

        private final transient @Nullable JsonNode errors;

        RemoteErrors(JsonNode errors) {
            super("the remote schema answered with errors");
            this.errors = errors;
        }

        /** The errors, a JSON list. */
        public JsonNode errors() {
            return errors == null ? JsonNodeFactory.instance.arrayNode() : errors;
        }
    }
}
