package io.github.hasura4j.test.engine.remote;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.SchemaDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.schema.idl.TypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The types of a remote server, or as much of them as one role may use, in the server's own names.
 *
 * @param query the name of its query type
 * @param mutation the name of its mutation type, which need not be there
 * @param subscription the name of its subscription type, which need not be there
 * @param types all of them, by name
 */
record ServerTypes(String query, String mutation, String subscription, Map<String, TypeDefinition<?>> types) {

    static ServerTypes of(Document document) {
        Map<String, String> roots = new LinkedHashMap<>();
        document.getDefinitionsOfType(SchemaDefinition.class)
                .forEach(schema -> schema.getOperationTypeDefinitions()
                        .forEach(root ->
                                roots.put(root.getName(), root.getTypeName().getName())));
        Map<String, TypeDefinition<?>> types = new LinkedHashMap<>();
        document.getDefinitions().forEach(definition -> {
            if (definition instanceof TypeDefinition<?> type) {
                types.put(type.getName(), type);
            }
        });
        return new ServerTypes(
                roots.getOrDefault("query", "Query"),
                roots.getOrDefault("mutation", "Mutation"),
                roots.getOrDefault("subscription", "Subscription"),
                types);
    }

    /** The name of the type that an operation begins with. */
    String root(Operation operation) {
        return switch (operation) {
            case QUERY -> query;
            case MUTATION -> mutation;
            case SUBSCRIPTION -> subscription;
        };
    }

    boolean isRoot(String type) {
        return type.equals(query) || type.equals(mutation) || type.equals(subscription);
    }

    /** The fields of an object or interface; none if there is no such type. */
    List<FieldDefinition> fields(String type) {
        return types.get(type) instanceof ImplementingTypeDefinition<?> composite
                ? composite.getFieldDefinitions()
                : List.of();
    }

    @Nullable
    FieldDefinition field(String type, String name) {
        for (FieldDefinition field : fields(type)) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** The input object that a type is, or is a list of; null if it is none. */
    @Nullable
    InputObjectTypeDefinition input(Type<?> type) {
        return types.get(nameOf(type)) instanceof InputObjectTypeDefinition input ? input : null;
    }

    /** A type's name without what says that it is a list or never null. */
    static String nameOf(Type<?> type) {
        return TypeUtil.unwrapAll(type).getName();
    }
}
