package io.github.hasura4j.test.engine.remote;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FieldDefinition;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.OperationDefinition.Operation;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.TypeName;
import graphql.normalized.ExecutableNormalizedField;
import graphql.schema.GraphQLSchema;
import io.github.hasura4j.test.engine.EngineException;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A query to a remote server that asks for what a client selected here, in the server's own names. */
final class RemoteQuery {

    private final RemoteView view;
    private final GraphQLSchema schema;
    private final RemoteArguments arguments;
    private final List<Selection<?>> fields = new ArrayList<>();

    /**
     * Begins a query.
     *
     * @param schema the schema that the client's selection fits
     */
    RemoteQuery(RemoteView view, GraphQLSchema schema, RemoteArguments arguments) {
        this.view = view;
        this.schema = schema;
        this.arguments = arguments;
    }

    /** Asks for a root field. */
    RemoteQuery select(Operation operation, ExecutableNormalizedField field) {
        fields.add(field(view.server().root(operation), field));
        return this;
    }

    /** The body of the request. */
    ObjectNode body(Operation operation) {
        OperationDefinition definition = OperationDefinition.newOperationDefinition()
                .operation(operation)
                .variableDefinitions(arguments.declared())
                .selectionSet(new SelectionSet(fields))
                .build();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put(
                "query",
                AstPrinter.printAstCompact(
                        Document.newDocument().definition(definition).build()));
        if (!arguments.values().isEmpty()) {
            body.set("variables", arguments.values());
        }
        return body;
    }

    private Field field(String serverType, ExecutableNormalizedField field) {
        String key = field.getResultKey();
        if (field.getName().equals("__typename")) {
            return Field.newField("__typename")
                    .alias(key.equals("__typename") ? null : key)
                    .build();
        }
        FieldDefinition definition = view.field(serverType, field.getName());
        if (definition == null) {
            throw EngineException.unexpected(
                    "the remote schema \"" + view.schema() + "\" has no field \"" + field.getName() + "\"");
        }
        return Field.newField(definition.getName())
                .alias(key.equals(definition.getName()) ? null : key)
                .arguments(arguments.of(definition.getInputValueDefinitions(), field.getAstArguments()))
                .selectionSet(selections(field))
                .build();
    }

    /** What is selected below a field: what all its types have, then what single types have. */
    private @org.jspecify.annotations.Nullable SelectionSet selections(ExecutableNormalizedField parent) {
        List<Selection<?>> selections = new ArrayList<>();
        Map<String, List<Selection<?>>> ofSome = new LinkedHashMap<>();
        for (ExecutableNormalizedField child : parent.getChildren()) {
            if (!child.isConditional(schema)) {
                selections.add(
                        field(serverType(child.getObjectTypeNames().iterator().next()), child));
                continue;
            }
            for (String type : child.getObjectTypeNames()) {
                ofSome.computeIfAbsent(serverType(type), none -> new ArrayList<>())
                        .add(field(serverType(type), child));
            }
        }
        ofSome.forEach((type, fieldsOfIt) -> selections.add(InlineFragment.newInlineFragment()
                .typeCondition(new TypeName(type))
                .selectionSet(new SelectionSet(fieldsOfIt))
                .build()));
        return selections.isEmpty() ? null : new SelectionSet(selections);
    }

    private String serverType(String type) {
        return view.names().serverType(type);
    }
}
