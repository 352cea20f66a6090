package io.github.hasura4j.test.engine.schema;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ObjectTypeDefinition;
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
import graphql.schema.idl.TypeUtil;
import graphql.schema.idl.UnionWiringEnvironment;
import graphql.schema.idl.WiringFactory;
import io.github.hasura4j.test.engine.Problems;

/** Collects the fields and types of one role, and puts them together into a schema. */
final class SchemaParts {

    private final Problems problems;
    private final TypeDefinitionRegistry registry = new TypeDefinitionRegistry();
    private final Set<String> defined = new LinkedHashSet<>();
    private final Map<String, FieldDefinition> queryFields = new LinkedHashMap<>();
    private final Map<String, FieldDefinition> mutationFields = new LinkedHashMap<>();
    private final Map<String, RootField> queries = new LinkedHashMap<>();
    private final Map<String, RootField> mutations = new LinkedHashMap<>();
    private final Map<String, String> unsupported = new HashMap<>();

    SchemaParts(Problems problems) {
        this.problems = problems;
    }

    boolean isDefined(String type) {
        return defined.contains(type);
    }

    /** Notes a field that the real engine would have, as {@code type.field}, and what it is. */
    void unsupported(String field, String what) {
        unsupported.put(field, what);
    }

    /** Adds a root field, unless its name is taken. */
    void put(boolean query, FieldDefinition field, RootField behind, String kind, String owner) {
        Map<String, FieldDefinition> fields = query ? queryFields : mutationFields;
        if (fields.putIfAbsent(field.getName(), field) != null) {
            problems.inconsistent(
                    kind,
                    owner,
                    "Inconsistent object: the field '" + field.getName() + "' of "
                            + (query ? "query_root" : "mutation_root") + " is taken already");
            return;
        }
        (query ? queries : mutations).put(field.getName(), behind);
    }

    /** Adds a definition, unless its name is taken. */
    boolean define(SDLDefinition<?> definition) {
        String name = ((TypeDefinition<?>) definition).getName();
        if (ScalarInfo.isGraphqlSpecifiedScalar(name) || !defined.add(name)) {
            return false;
        }
        registry.add(definition);
        return true;
    }

    private void defineMissingScalars() {
        Set<String> used = new LinkedHashSet<>();
        for (TypeDefinition<?> type : registry.types().values()) {
            if (type instanceof ObjectTypeDefinition object) {
                object.getFieldDefinitions().forEach(field -> collect(field, used));
            } else if (type instanceof InterfaceTypeDefinition face) {
                face.getFieldDefinitions().forEach(field -> collect(field, used));
            } else if (type instanceof InputObjectTypeDefinition input) {
                input.getInputValueDefinitions()
                        .forEach(value ->
                                used.add(TypeUtil.unwrapAll(value.getType()).getName()));
            }
        }
        used.removeAll(defined);
        used.forEach(name ->
                define(ScalarTypeDefinition.newScalarTypeDefinition().name(name).build()));
    }

    private static void collect(FieldDefinition field, Set<String> used) {
        used.add(TypeUtil.unwrapAll(field.getType()).getName());
        field.getInputValueDefinitions()
                .forEach(value -> used.add(TypeUtil.unwrapAll(value.getType()).getName()));
    }

    private GraphQLSchema generate() {
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
        define(Sdl.object("query_root", null, List.copyOf(queryFields.values())));
        SchemaDefinition.Builder root = SchemaDefinition.newSchemaDefinition()
                .operationTypeDefinition(new OperationTypeDefinition("query", new TypeName("query_root")));
        if (!mutationFields.isEmpty()) {
            define(Sdl.object("mutation_root", "mutation root", List.copyOf(mutationFields.values())));
            root.operationTypeDefinition(new OperationTypeDefinition("mutation", new TypeName("mutation_root")));
        }
        registry.add(root.build());
        registry.add(Sdl.cachedDirective());
        defineMissingScalars();
        return new RoleSchema(generate(), queries, mutations, unsupported);
    }
}
