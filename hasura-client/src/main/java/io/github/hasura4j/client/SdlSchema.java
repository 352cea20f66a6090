package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.AstPrinter;
import graphql.language.Definition;
import graphql.language.Document;
import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.OperationTypeDefinition;
import graphql.language.SchemaDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import graphql.parser.InvalidSyntaxException;
import org.jspecify.annotations.Nullable;

/** A schema out of GraphQL's schema language. Like {@link DocumentParser}, only loaded when there is something to parse. */
final class SdlSchema {

    private final Map<String, Map<String, Schema.Field>> types = new HashMap<>();
    private final Map<String, String> roots = new HashMap<>();
    private final Map<String, List<FieldDefinition>> definitions = new LinkedHashMap<>();

    private SdlSchema() {}

    static Schema parse(String text, String resource) {
        try {
            return new SdlSchema().read(DocumentParser.document(text));
        } catch (InvalidSyntaxException e) {
            throw new HasuraRequestException(
                    "The schema '%s' is not valid GraphQL%s. Nothing was sent."
                            .formatted(resource, DocumentParser.place(e)),
                    e);
        }
    }

    private Schema read(Document document) {
        for (Definition<?> each : document.getDefinitions()) {
            if (each instanceof ObjectTypeDefinition object) { // Extensions are objects too.
                add(object.getName(), object.getFieldDefinitions());
            } else if (each instanceof InterfaceTypeDefinition type) {
                add(type.getName(), type.getFieldDefinitions());
            } else if (each instanceof UnionTypeDefinition union) {
                add(union.getName(), List.of());
            } else if (each instanceof SchemaDefinition schema) {
                for (OperationTypeDefinition root : schema.getOperationTypeDefinitions()) {
                    roots.put(root.getName(), root.getTypeName().getName());
                }
            }
        }
        definitions.forEach((name, fields) -> {
            Map<String, Schema.Field> known = new LinkedHashMap<>();
            fields.forEach(field -> known.put(field.getName(), field(field)));
            types.put(name, known);
        });
        String query = root("query", "query_root", "Query");
        return new Schema(
                query == null ? "query_root" : query,
                root("mutation", "mutation_root", "Mutation"),
                root("subscription", "subscription_root", "Subscription"),
                types);
    }

    private void add(String type, List<FieldDefinition> fields) {
        definitions.merge(type, fields, (before, more) -> {
            List<FieldDefinition> all = new ArrayList<>(before);
            all.addAll(more);
            return all;
        });
    }

    /** As the schema says; or where it says nothing, what the engine calls it, or GraphQL. */
    private @Nullable String root(String operation, String hasura, String customary) {
        if (!roots.isEmpty()) {
            return roots.get(operation);
        }
        return definitions.containsKey(hasura) ? hasura : definitions.containsKey(customary) ? customary : null;
    }

    private Schema.Field field(FieldDefinition definition) {
        Map<String, String> arguments = new LinkedHashMap<>();
        for (InputValueDefinition each : definition.getInputValueDefinitions()) {
            arguments.put(each.getName(), AstPrinter.printAst(each.getType()));
        }
        String type = base(definition.getType());
        return new Schema.Field(type, definitions.containsKey(type), Map.copyOf(arguments));
    }

    private static String base(Type<?> type) {
        if (type instanceof NonNullType nonNull) {
            return base(nonNull.getType());
        }
        return type instanceof ListType list ? base(list.getType()) : ((TypeName) type).getName();
    }
}
