package io.github.hasura4j.test.engine.remote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.introspection.IntrospectionResultToSchema;
import graphql.language.OperationDefinition.Operation;
import graphql.normalized.ExecutableNormalizedField;
import graphql.schema.GraphQLSchema;
import io.github.hasura4j.client.project.RemoteSchemaMetadata;
import io.github.hasura4j.client.project.RemoteSchemaPermission;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.EngineJson;
import io.github.hasura4j.test.engine.Environment;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.http.Webhooks;
import io.github.hasura4j.test.engine.schema.RemoteTypes;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The remote schemas of a project: introspected when loaded, and again on a reload; queries are forwarded to them. */
public final class RemoteSchemas {

    private final Map<String, RemoteSchemaMetadata> schemas = new LinkedHashMap<>();
    private final Map<RemoteServer.Address, Introspected> introspected = new LinkedHashMap<>();
    private final Map<String, RemoteView> whole = new LinkedHashMap<>();
    private final Map<String, Map<String, RemoteView>> permitted = new LinkedHashMap<>();
    private final boolean permissionsEnabled;
    private final Webhooks webhooks;
    private final Environment environment;
    private final Problems problems;

    /**
     * Takes the metadata of remote schemas.
     *
     * @param permissionsEnabled whether roles see what they have a permission for; otherwise they see everything
     */
    public RemoteSchemas(
            List<RemoteSchemaMetadata> schemas,
            boolean permissionsEnabled,
            Webhooks webhooks,
            Environment environment,
            Problems problems) {
        this.permissionsEnabled = permissionsEnabled;
        this.webhooks = webhooks;
        this.environment = environment;
        this.problems = problems;
        for (RemoteSchemaMetadata schema : schemas) {
            this.schemas.put(schema.name(), schema);
            schema.relationships()
                    .forEach(field -> problems.unsupported(
                            "remote relationship '" + field + "' of the remote schema '" + schema.name() + "'"));
        }
    }

    /**
     * What a remote schema has answered to introspection.
     *
     * @param answer the answer; null if there was none
     * @param types its types; null if it did not answer
     * @param problem why not; null if it did
     */
    private record Introspected(
            @Nullable JsonNode answer,
            @Nullable ServerTypes types,
            @Nullable String problem) {}

    /**
     * Introspects them; those that do not answer, or cannot have the names they should, are reported as inconsistent and left out.
     *
     * @param before those whose answers, failures among them, need not be asked for again; null for none
     */
    public void load(@Nullable RemoteSchemas before) {
        for (RemoteSchemaMetadata schema : schemas.values()) {
            RemoteServer.Address address = RemoteServer.Address.of(schema);
            Introspected known = before == null ? null : before.introspected.get(address);
            Introspected answer = known == null ? ask(address) : known;
            introspected.put(address, answer);
            String problem = answer.types() == null ? answer.problem() : add(schema, answer.types());
            if (problem != null) {
                problems.inconsistent("remote_schema", schema.name(), "Inconsistent object: " + problem);
            }
        }
    }

    private @Nullable String add(RemoteSchemaMetadata schema, ServerTypes types) {
        Customization names = Customization.of(schema.customization(), types);
        String problem = names.problem(types);
        if (problem == null) {
            whole.put(schema.name(), new RemoteView(schema.name(), types, names));
            schema.permissions().forEach(permission -> permit(schema.name(), permission, types, names));
        }
        return problem;
    }

    private void permit(String schema, RemoteSchemaPermission permission, ServerTypes types, Customization names) {
        PermittedTypes ofRole = PermittedTypes.of(permission, types);
        ServerTypes permittedTypes = ofRole.types();
        if (permittedTypes == null) {
            problems.inconsistent(
                    "remote_schema_permission",
                    permission.role() + " permission in remote schema " + schema,
                    "Inconsistent object: in remote schema permission for role \"" + permission.role() + "\": "
                            + ofRole.problem());
        } else {
            permitted
                    .computeIfAbsent(schema, none -> new LinkedHashMap<>())
                    .put(permission.role(), new RemoteView(schema, permittedTypes, names));
        }
    }

    private Introspected ask(RemoteServer.Address address) {
        try {
            JsonNode answer = new RemoteServer(address, webhooks, environment).introspect();
            @SuppressWarnings("unchecked")
            Map<String, Object> data = EngineJson.mapper().treeToValue(answer.path("data"), Map.class);
            return new Introspected(
                    answer, ServerTypes.of(new IntrospectionResultToSchema().createSchemaDefinition(data)), null);
        } catch (IOException | RuntimeException e) {
            return new Introspected(null, null, reason(e));
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? "no answer (" + e.getClass().getSimpleName() + ")" : e.getMessage();
    }

    /**
     * The whole answer of a remote schema to introspection.
     *
     * @throws EngineException if there is none
     */
    public JsonNode introspection(String name) {
        RemoteSchemaMetadata schema = schemas.get(name);
        Introspected answer = schema == null ? null : introspected.get(RemoteServer.Address.of(schema));
        if (answer == null || answer.answer() == null) {
            throw EngineException.of("not-exists", "$.args", "remote schema: \"" + name + "\" not found");
        }
        return answer.answer();
    }

    /** What a role sees of them. */
    public List<RemoteTypes> typesOf(String role) {
        List<RemoteTypes> types = new ArrayList<>();
        for (String schema : whole.keySet()) {
            RemoteView view = view(schema, role);
            if (view != null) {
                types.add(view.types());
            }
        }
        return types;
    }

    private @Nullable RemoteView view(String schema, String role) {
        return permissionsEnabled && !role.equals(Session.ADMIN)
                ? permitted.getOrDefault(schema, Map.of()).get(role)
                : whole.get(schema);
    }

    /**
     * Forwards one root field.
     *
     * @param field the field; below the field of a namespace if there is one
     * @return the field's JSON, and cookies for the client
     * @throws RemoteErrors with the remote server's own errors, which go to the client as they are
     */
    public Forwarded forward(
            String name,
            GraphQLSchema schema,
            Operation operation,
            ExecutableNormalizedField field,
            ClientVariables variables,
            Session session) {
        RemoteView view = view(name, session.role());
        RemoteSchemaMetadata metadata = schemas.get(name);
        if (view == null || metadata == null) {
            throw EngineException.unexpected("no remote schema '" + name + "'");
        }
        RemoteServer server = new RemoteServer(RemoteServer.Address.of(metadata), webhooks, environment);
        RemoteServer.Answer answer = server.ask(
                new RemoteQuery(view, schema, new RemoteArguments(view, variables, session))
                        .select(operation, field)
                        .body(operation),
                session);
        JsonNode value = answer.data().get(field.getResultKey());
        if (value == null) {
            throw server.noData();
        }
        return new Forwarded(new TypeNames(view.names()).in(value, field), answer.cookies());
    }

    /**
     * What a remote schema answered.
     *
     * @param value the field's JSON
     * @param cookies the {@code Set-Cookie} headers for the client
     */
    public record Forwarded(JsonNode value, List<String> cookies) {}

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
