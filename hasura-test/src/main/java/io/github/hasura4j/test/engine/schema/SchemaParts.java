package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.TypeResolver;
import graphql.schema.idl.InterfaceWiringEnvironment;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.ScalarWiringEnvironment;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.TypeDefinitionRegistry;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import io.github.hasura4j.test.engine.Problems;
import org.jspecify.annotations.Nullable;

/** Collects the fields and types of one role, and puts them together into a schema. */
final class SchemaParts {

    private final Problems problems;
    private final Map<String, TypeDefinition<?>> types = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> queryFields = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> mutationFields = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> subscriptionFields = new LinkedHashMap<>();
    private final Map<String, RootField> queries = new LinkedHashMap<>();
    private final Map<String, RootField> mutations = new LinkedHashMap<>();
    private final Map<String, RootField> subscriptions = new LinkedHashMap<>();
    private final Map<String, String> unsupported = new HashMap<>();

    SchemaParts(Problems problems) {
        this.problems = problems;
    }

    boolean isDefined(String type) {
        return types.containsKey(type);
    }

    boolean isEnum(String type) {
        return types.get(type) instanceof EnumTypeDefinition;
    }

    /** Notes a field that the real engine would have, as {@code type.field}, and what it is. */
    void unsupported(String field, String what) {
        unsupported.put(field, what);
    }

    /** Adds a root field, unless its name is taken. */
    void put(boolean query, FieldDefinition field, RootField behind, String kind, String owner) {
        put(
                query ? queryFields : mutationFields,
                query ? queries : mutations,
                query ? "query_root" : "mutation_root",
                field,
                behind,
                kind,
                owner);
    }

    void putMutation(TrackedTable table, RootField.Kind kind, FieldDefinition field) {
        put(false, field, new RootField.OfTable(kind, table), "table", table.toString());
    }

    void putSubscription(FieldDefinition field, RootField behind, String kind, String owner) {
        put(subscriptionFields, subscriptions, "subscription_root", field, behind, kind, owner);
    }

    private void put(
            Map<String, FieldDefinition> fields,
            Map<String, RootField> behinds,
            String root,
            FieldDefinition field,
            RootField behind,
            String kind,
            String owner) {
        if (fields.putIfAbsent(field.getName(), field) != null) {
            problems.inconsistent(
                    kind,
                    owner,
                    "Inconsistent object: the field '" + field.getName() + "' of " + root + " is taken already");
            return;
        }
        behinds.put(field.getName(), behind);
    }

    /** Adds a definition, unless its name is taken. Those that nothing leads to are left out in the end. */
    boolean define(SDLDefinition<?> definition) {
        TypeDefinition<?> type = (TypeDefinition<?>) definition;
        return !ScalarInfo.isGraphqlSpecifiedScalar(type.getName()) && types.putIfAbsent(type.getName(), type) == null;
    }

    private static GraphQLSchema generate(TypeDefinitionRegistry registry) {
        RuntimeWiring wiring =
                RuntimeWiring.newRuntimeWiring().wiringFactory(new Wiring()).build();
        return new SchemaGenerator().makeExecutableSchema(registry, wiring);
    }

    /** Nothing is fetched through graphql-java except introspection, so types need no resolving. */
    private static final class Wiring implements WiringFactory {

        private static final TypeResolver NOBODY_ASKS = environment -> null;

        @Override
        public boolean providesScalar(ScalarWiringEnvironment environment) {
            return !ScalarInfo.isGraphqlSpecifiedScalar(
                    environment.getScalarTypeDefinition().getName());
        }

        @Override
        public GraphQLScalarType getScalar(ScalarWiringEnvironment environment) {
            return Scalars.passing(environment.getScalarTypeDefinition().getName());
        }

        @Override
        public boolean providesTypeResolver(InterfaceWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(InterfaceWiringEnvironment environment) {
            return NOBODY_ASKS;
        }

        @Override
        public boolean providesTypeResolver(UnionWiringEnvironment environment) {
            return true;
        }

        @Override
        public TypeResolver getTypeResolver(UnionWiringEnvironment environment) {
            return NOBODY_ASKS;
        }
    }

    RoleSchema assemble() {
        if (queryFields.isEmpty()) {
            queryFields.put(
                    "no_queries_available",
                    Sdl.field(
                            "no_queries_available",
                            "String!",
                            "There are no queries available to the current role. Either there are no sources or remote"
                                    + " schemas configured, or the current role doesn't have the required permissions.",
                            List.of()));
        }
        SchemaDefinition.Builder schema = SchemaDefinition.newSchemaDefinition();
        List<String> roots = new ArrayList<>();
        addRoot("query", null, queryFields, schema, roots);
        addRoot("mutation", "mutation root", mutationFields, schema, roots);
        addRoot("subscription", null, subscriptionFields, schema, roots);
        TypeDefinitionRegistry registry = new TypeDefinitionRegistry();
        for (String name : Reachable.from(roots, types)) {
            TypeDefinition<?> type = types.get(name);
            if (type != null) {
                registry.add(type);
            } else if (!ScalarInfo.isGraphqlSpecifiedScalar(name)) {
                registry.add(ScalarTypeDefinition.newScalarTypeDefinition()
                        .name(name)
                        .build());
            }
        }
        registry.add(schema.build());
        registry.add(Sdl.cachedDirective());
        return new RoleSchema(generate(registry), queries, mutations, subscriptions, unsupported);
    }

    private void addRoot(
            String operation,
            @Nullable String description,
            Map<String, FieldDefinition> fields,
            SchemaDefinition.Builder schema,
            List<String> roots) {
        if (!fields.isEmpty()) {
            String name = operation + "_root";
            define(Sdl.object(name, description, List.copyOf(fields.values())));
            schema.operationTypeDefinition(new OperationTypeDefinition(operation, new TypeName(name)));
            roots.add(name);
        }
    }
}
