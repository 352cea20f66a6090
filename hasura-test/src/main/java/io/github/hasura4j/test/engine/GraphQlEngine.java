package io.github.hasura4j.test.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import graphql.ExecutionInput;
import graphql.ExecutionResult;
import graphql.GraphQL;
import graphql.GraphQLException;
import graphql.execution.NonNullableValueCoercedAsNullException;
import graphql.execution.RawVariables;
import graphql.introspection.GoodFaithIntrospection;
import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.normalized.ExecutableNormalizedField;
import graphql.normalized.ExecutableNormalizedOperation;
import graphql.normalized.ExecutableNormalizedOperationFactory;
import graphql.normalized.ExecutableNormalizedOperationToAstCompiler;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.validation.ValidationError;
import graphql.validation.Validator;
import graphql.validation.rules.NoUnusedVariables;
import graphql.validation.rules.SubscriptionUniqueRootField;
import io.github.hasura4j.test.engine.action.ActionCaller;
import io.github.hasura4j.test.engine.catalog.PostgresServer;
import io.github.hasura4j.test.engine.remote.ClientVariables;
import io.github.hasura4j.test.engine.remote.RemoteSchemas;
import io.github.hasura4j.test.engine.rest.AllowList;
import io.github.hasura4j.test.engine.schema.RoleSchema;
import io.github.hasura4j.test.engine.schema.RootField;
import io.github.hasura4j.test.engine.schema.SchemaFactory;
import io.github.hasura4j.test.engine.sql.PostgresErrors;
import io.github.hasura4j.test.engine.sql.TableFields;
import io.github.hasura4j.test.engine.validation.InputValidation;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Runs GraphQL requests by one state of the metadata, root field by root field in the order of the document. */
public final class GraphQlEngine {

    private static final ParserOptions PARSER = ParserOptions.newParserOptions()
            .maxTokens(1_000_000)
            .maxCharacters(20_000_000)
            .maxWhitespaceTokens(5_000_000)
            .captureIgnoredChars(false)
            .build();

    /** What the engine's own tests say to subscribe to several fields at once; no schema tells of it. */
    private static final String SEVERAL_FIELDS = "_multiple_top_level_fields";

    /** The engine does not mind a variable that is declared and not used, and has words of its own for several fields. */
    private static final Set<Class<?>> NOT_MINDED = Set.of(NoUnusedVariables.class, SubscriptionUniqueRootField.class);

    private final PostgresServer postgres;
    private final TableFields tableFields;
    private final ActionCaller actions;
    private final InputValidation validation;
    private final RemoteSchemas remotes;
    private final AllowList allowList;
    private final List<String> introspectionDisabledFor;
    private final SchemaFactory schemas;

    public GraphQlEngine(
            PostgresServer postgres,
            TableFields tableFields,
            ActionCaller actions,
            InputValidation validation,
            RemoteSchemas remotes,
            AllowList allowList,
            SchemaFactory schemas,
            List<String> introspectionDisabledFor) {
        this.postgres = postgres;
        this.tableFields = tableFields;
        this.actions = actions;
        this.validation = validation;
        this.remotes = remotes;
        this.allowList = allowList;
        this.schemas = schemas;
        this.introspectionDisabledFor = List.copyOf(introspectionDisabledFor);
    }

    /**
     * An answer.
     *
     * @param json the body
     * @param cookies the {@code Set-Cookie} headers of action handlers
     * @param status the status where statuses show; {@code /v1/graphql} answers 200 whatever it is
     */
    public record Response(String json, List<String> cookies, int status) {}

    /** Runs a request, a JSON object with {@code query}, {@code variables} and {@code operationName}. */
    public Response execute(JsonNode request, Session session) {
        try {
            Plan plan = plan(request, session);
            if (plan.isSubscription()) {
                throw EngineException.of(
                        "unexpected-payload", "$", "subscriptions are not supported over HTTP, use websockets instead");
            }
            return plan.run();
        } catch (EngineException e) {
            return failure(e, session.admin());
        }
    }

    /** The body of an error. */
    public static Response failure(EngineException error, boolean withInternal) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("errors", errors(error, withInternal));
        return new Response(EngineJson.write(body), List.of(), error.status());
    }

    /** An error as the list that clients get. */
    public static ArrayNode errors(EngineException error, boolean withInternal) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        entry.put("message", error.getMessage());
        if (error.extensions() != null) {
            entry.set("extensions", error.extensions());
        } else {
            ObjectNode extensions = entry.putObject("extensions");
            extensions.put("path", error.path()).put("code", error.code());
            if (withInternal && error.internal() != null) {
                extensions.set("internal", error.internal());
            }
        }
        return JsonNodeFactory.instance.arrayNode().add(entry);
    }

    /**
     * Looks whether a request fits the schema, without running it.
     *
     * @throws EngineException if it does not
     */
    public Plan plan(JsonNode request, Session session) {
        if (!request.path("query").isString()) {
            throw EngineException.of("invalid-json", "$", "Error in $: key \"query\" not found");
        }
        String text = request.path("query").stringValue();
        JsonNode name = request.path("operationName");
        String wanted = name.isString() ? name.stringValue() : null;
        Document sent = parse(text);
        allowList.require(sent, session);
        boolean severalFields = operation(sent, wanted).hasDirective(SEVERAL_FIELDS);
        Document document = severalFields ? withoutSeveralFields(sent) : sent;
        OperationDefinition operation = operation(document, wanted);
        RoleSchema schema = schemas.of(session);
        if (operation.getOperation() == Operation.MUTATION && schema.schema().getMutationType() == null) {
            throw EngineException.validation("$", "no mutations exist");
        }
        if (operation.getOperation() == Operation.SUBSCRIPTION
                && schema.schema().getSubscriptionType() == null) {
            throw EngineException.validation("$", "no subscriptions exist");
        }
        Map<String, Object> variables = Variables.bind(request.path("variables"), operation, document);
        new SelectionCheck(schema, document, variables).check(operation);
        validate(schema, document);
        ExecutableNormalizedOperation normalized = normalize(schema, document, operation, variables);
        if (operation.getOperation() == Operation.SUBSCRIPTION
                && normalized.getTopLevelFields().size() > 1
                && !severalFields) {
            throw EngineException.validation("$", "subscriptions must select one top level field");
        }
        return new Plan(
                text,
                operation,
                new ClientVariables(operation, request.path("variables")),
                normalized,
                schema,
                session);
    }

    /**
     * A field of a live query.
     *
     * @param value asks for its value
     * @param over whether the value cannot change any more
     */
    private record Live(Supplier<String> value, BooleanSupplier over) {}

    /** A request that fits the schema. */
    public final class Plan {

        private final String text;
        private final OperationDefinition operation;
        private final ClientVariables variables;
        private final ExecutableNormalizedOperation normalized;
        private final RoleSchema schema;
        private final Session session;

        private Plan(
                String text,
                OperationDefinition operation,
                ClientVariables variables,
                ExecutableNormalizedOperation normalized,
                RoleSchema schema,
                Session session) {
            this.text = text;
            this.operation = operation;
            this.variables = variables;
            this.normalized = normalized;
            this.schema = schema;
            this.session = session;
        }

        public boolean isSubscription() {
            return operation.getOperation() == Operation.SUBSCRIPTION;
        }

        /**
         * Runs a query or a mutation.
         *
         * @throws EngineException if it fails
         */
        public Response run() {
            try {
                Response data = execute();
                return new Response("{\"data\":" + data.json() + "}", data.cookies(), data.status());
            } catch (RemoteSchemas.RemoteErrors e) {
                return new Response("{\"data\":null,\"errors\":" + e.errors() + "}", List.of(), 200);
            }
        }

        private Response execute() {
            boolean mutation = operation.getOperation() == Operation.MUTATION;
            Map<String, RootField> behind = mutation ? schema.mutations() : schema.queries();
            List<ExecutableNormalizedField> fields = normalized.getTopLevelFields();
            Map<String, String> data = new LinkedHashMap<>();
            List<String> cookies = new ArrayList<>();
            boolean onlyTables = fields.stream()
                    .allMatch(field ->
                            field.getName().equals("__typename") || TableFields.runs(behind.get(field.getName())));
            if (mutation) {
                validateInput(fields, behind, session);
            }
            if (mutation && onlyTables) {
                inTransaction(
                        session,
                        connection -> fields.forEach(field -> data.put(
                                field.getResultKey(), tableField(field, behind, connection, session, mutation))));
                return new Response(object(data), cookies, 200);
            }
            JsonNode introspected = null;
            for (ExecutableNormalizedField field : fields) {
                RootField root = behind.get(field.getName());
                String key = field.getResultKey();
                if (root instanceof RootField.OfAction action) {
                    ActionCaller.Outcome outcome = actions.call(action.action(), field, session, text);
                    data.put(key, outcome.json());
                    cookies.addAll(outcome.cookies());
                } else if (root instanceof RootField.OfActionResult result) {
                    data.put(key, actions.result(result.action(), field, session));
                } else if (root instanceof RootField.OfRemoteSchema remote) {
                    data.put(key, remoteField(remote, field, cookies).toString());
                } else if (isIntrospection(field)) {
                    if (introspected == null) {
                        introspected = introspect(schema, fields, session);
                    }
                    data.put(key, introspected.path(key).toString());
                } else if (mutation) {
                    inTransaction(
                            session,
                            connection -> data.put(key, tableField(field, behind, connection, session, mutation)));
                } else {
                    data.put(key, query(field, behind, session));
                }
            }
            return new Response(object(data), cookies, 200);
        }

        private JsonNode remoteField(
                RootField.OfRemoteSchema remote, ExecutableNormalizedField field, List<String> cookies) {
            if (remote.namespace()) {
                ObjectNode fields = JsonNodeFactory.instance.objectNode();
                RootField.OfRemoteSchema inside = new RootField.OfRemoteSchema(remote.remoteSchema(), false);
                field.getChildren()
                        .forEach(child -> fields.set(
                                child.getResultKey(),
                                child.getName().equals("__typename")
                                        ? StringNode.valueOf(child.getSingleObjectTypeName())
                                        : remoteField(inside, child, cookies)));
                return fields;
            }
            RemoteSchemas.Forwarded forwarded = remotes.forward(
                    remote.remoteSchema(), schema.schema(), operation.getOperation(), field, variables, session);
            cookies.addAll(forwarded.cookies());
            return forwarded.value();
        }

        /**
         * Runs a query or a mutation for an answer of nothing but its data; the errors of a remote schema instead, if it has some.
         *
         * @throws EngineException if it fails
         */
        public Response runForData() {
            try {
                return execute();
            } catch (RemoteSchemas.RemoteErrors e) {
                return new Response(String.valueOf(e.errors()), List.of(), 200);
            }
        }

        /**
         * Begins a subscription, without asking for anything yet.
         *
         * @throws EngineException if the field is none to subscribe to
         */
        public Subscription subscribe() {
            List<ExecutableNormalizedField> fields = normalized.getTopLevelFields();
            ExecutableNormalizedField first = fields.get(0);
            if (fields.size() == 1
                    && schema.subscriptions().get(first.getName()) instanceof RootField.OfTable table
                    && table.kind() == RootField.Kind.SELECT_STREAM) {
                Subscription.Source rows = stream(table, first);
                return Subscription.stream(session, () -> {
                    String batch = rows.ask();
                    return batch == null ? null : object(Map.of(first.getResultKey(), batch));
                });
            }
            Map<String, Live> live = new LinkedHashMap<>();
            fields.forEach(field -> live.put(field.getResultKey(), live(field)));
            return Subscription.live(
                    session,
                    () -> {
                        Map<String, String> data = new LinkedHashMap<>();
                        live.forEach((key, field) -> data.put(key, field.value().get()));
                        return object(data);
                    },
                    () -> live.values().stream().allMatch(field -> field.over().getAsBoolean()));
        }

        private Live live(ExecutableNormalizedField field) {
            RootField root = schema.subscriptions().get(field.getName());
            if (root instanceof RootField.OfActionResult result) {
                return new Live(() -> actions.result(result.action(), field, session), () -> actions.finished(field));
            }
            if (root == null) {
                return new Live(() -> "\"subscription_root\"", () -> true);
            }
            if (root instanceof RootField.OfRemoteSchema) {
                throw EngineException.of("not-supported", "$", "subscription to remote server is not supported");
            }
            boolean stream = root instanceof RootField.OfTable table && table.kind() == RootField.Kind.SELECT_STREAM;
            if (stream || !TableFields.runs(root)) {
                throw EngineException.notSupported(
                        "$", "the subscription to '" + field.getName() + (stream ? "' among other fields" : "'"));
            }
            return new Live(() -> query(field, schema.subscriptions(), session), () -> false);
        }

        private Subscription.Source stream(RootField.OfTable root, ExecutableNormalizedField field) {
            TableFields.Stream stream = tableFields.stream(session, root, field);
            return () -> {
                try (Connection connection = postgres.connection()) {
                    return stream.next(connection);
                } catch (SQLException e) {
                    throw PostgresErrors.translate(e, "$");
                }
            };
        }
    }

    /**
     * Reads a document.
     *
     * @throws EngineException if it is not GraphQL
     */
    public static Document parse(String text) {
        try {
            return Parser.parse(ParserEnvironment.newParserEnvironment()
                    .document(text)
                    .parserOptions(PARSER)
                    .build());
        } catch (InvalidSyntaxException e) {
            throw EngineException.validation("$.query", "not a valid graphql query");
        }
    }

    private static OperationDefinition operation(Document document, @Nullable String name) {
        List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
        if (name == null || name.isEmpty()) {
            if (operations.size() != 1) {
                throw EngineException.validation(
                        "$",
                        "exactly one operation has to be present in the document when operationName is not specified");
            }
            return operations.get(0);
        }
        return operations.stream()
                .filter(operation -> name.equals(operation.getName()))
                .findFirst()
                .orElseThrow(() ->
                        EngineException.validation("$", "no such operation found in the document: \"" + name + "\""));
    }

    /** The directive stays where it does not belong, and is refused there as any that nobody knows. */
    private static Document withoutSeveralFields(Document document) {
        List<Definition> definitions = new ArrayList<>();
        for (Definition<?> definition : document.getDefinitions()) {
            definitions.add(
                    definition instanceof OperationDefinition operation
                                    && operation.getOperation() == Operation.SUBSCRIPTION
                            ? operation.transform(builder -> builder.directives(operation.getDirectives().stream()
                                    .filter(directive -> !directive.getName().equals(SEVERAL_FIELDS))
                                    .toList()))
                            : definition);
        }
        return document.transform(builder -> builder.definitions(definitions));
    }

    private static void validate(RoleSchema schema, Document document) {
        List<ValidationError> errors = new Validator()
                .validateDocument(schema.schema(), document, rule -> !NOT_MINDED.contains(rule), Locale.ENGLISH);
        if (!errors.isEmpty()) {
            String message = errors.get(0).getMessage();
            int colon = message.indexOf(") : ");
            throw EngineException.validation("$", colon < 0 ? message : message.substring(colon + 4));
        }
    }

    private static ExecutableNormalizedOperation normalize(
            RoleSchema schema, Document document, OperationDefinition operation, Map<String, Object> variables) {
        try {
            return ExecutableNormalizedOperationFactory.createExecutableNormalizedOperationWithRawVariables(
                    schema.schema(), document, operation.getName(), RawVariables.of(variables));
        } catch (NonNullableValueCoercedAsNullException e) {
            throw EngineException.validation("$", Variables.nullRefused(operation, variables));
        } catch (GraphQLException e) {
            throw EngineException.validation("$", String.valueOf(e.getMessage()));
        }
    }

    /** All inputs before any field runs, as the engine plans an operation before it executes it. */
    private void validateInput(List<ExecutableNormalizedField> fields, Map<String, RootField> behind, Session session) {
        for (ExecutableNormalizedField field : fields) {
            if (behind.get(field.getName()) instanceof RootField.OfTable root) {
                validation.validate(root, field.getResolvedArguments(), session);
            }
        }
    }

    private String query(ExecutableNormalizedField field, Map<String, RootField> behind, Session session) {
        try (Connection connection = postgres.connection()) {
            return tableField(field, behind, connection, session, false);
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    private String tableField(
            ExecutableNormalizedField field,
            Map<String, RootField> behind,
            Connection connection,
            Session session,
            boolean mutation) {
        RootField root = behind.get(field.getName());
        if (root != null && TableFields.runs(root)) {
            return tableFields.run(connection, session, root, field);
        }
        if (field.getName().equals("no_queries_available")) {
            return "\"\"";
        }
        return mutation ? "\"mutation_root\"" : "\"query_root\"";
    }

    private interface Work {
        void in(Connection connection);
    }

    /** A transaction that says whose it is, so that event triggers know ({@code local-engine.md} E.7). */
    private void inTransaction(Session session, Work work) {
        try (Connection connection = postgres.connection()) {
            connection.setAutoCommit(false);
            try {
                announce(connection, session);
                work.in(connection);
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw PostgresErrors.translate(e, "$");
        }
    }

    private static void announce(Connection connection, Session session) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT set_config('hasura.user', ?, true), set_config('hasura.tracecontext', ?, true)")) {
            statement.setString(
                    1, EngineJson.write(EngineJson.tree(session.variables().asMap())));
            statement.setString(2, session.trace().context().toString());
            statement.execute();
        }
    }

    private static boolean isIntrospection(ExecutableNormalizedField field) {
        return field.getName().equals("__schema") || field.getName().equals("__type");
    }

    /** Has graphql-java answer the introspection fields, in a document of their own. */
    private JsonNode introspect(RoleSchema schema, List<ExecutableNormalizedField> fields, Session session) {
        if (introspectionDisabledFor.contains(session.role())) {
            throw EngineException.of(
                    "not-supported", "$", "introspection is disabled for role: \"" + session.role() + "\"");
        }
        ExecutableNormalizedOperationToAstCompiler.CompilerResult compiled =
                ExecutableNormalizedOperationToAstCompiler.compileToDocument(
                        schema.schema(),
                        Operation.QUERY,
                        null,
                        fields.stream().filter(GraphQlEngine::isIntrospection).toList(),
                        null);
        ExecutionResult result = GraphQL.newGraphQL(schema.schema())
                .build()
                .execute(ExecutionInput.newExecutionInput()
                        .query(AstPrinter.printAstCompact(compiled.getDocument()))
                        .variables(compiled.getVariables())
                        // graphql-java refuses to name fields twice, which the real engine does not mind.
                        .graphQLContext(Map.of(GoodFaithIntrospection.GOOD_FAITH_INTROSPECTION_DISABLED, true))
                        .build());
        if (!result.getErrors().isEmpty()) {
            throw EngineException.validation(
                    "$", String.valueOf(result.getErrors().get(0).getMessage()));
        }
        return EngineJson.tree(result.<Object>getData());
    }

    private static String object(Map<String, String> data) {
        StringBuilder json = new StringBuilder("{");
        data.forEach((key, value) -> {
            if (json.charAt(json.length() - 1) != '{') {
                json.append(',');
            }
            json.append('"').append(key).append("\":").append(value);
        });
        return json.append('}').toString();
    }
}
