package io.github.hasura4j.spring.dispatch;

import java.util.List;
import java.util.Locale;

import graphql.language.Field;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;

/**
 * The query of a fetch, looked at before it is sent.
 *
 * @param text the document
 * @param path its single root field as the answer calls it; empty if there are several
 * @param variables its variables
 */
record FetchDocument(String text, String path, List<Variable> variables) {

    /**
     * A variable.
     *
     * @param nonNull whether null is no value for it
     * @param required whether it has to be given
     */
    record Variable(String name, boolean nonNull, boolean required) {}

    /** @throws InvalidHandlerException if it is not one query */
    static FetchDocument of(String name, String text) {
        List<OperationDefinition> operations = operations(name, text);
        if (operations.size() != 1) {
            throw new InvalidHandlerException(
                    "@Fetch(\"%s\") has a document with %d operations. Leave one".formatted(name, operations.size()));
        }
        OperationDefinition operation = operations.get(0);
        if (operation.getOperation() != OperationDefinition.Operation.QUERY) {
            throw new InvalidHandlerException(
                    "@Fetch(\"%s\") has a document that is a %s, and a fetch may run twice. Make it a query"
                            .formatted(name, operation.getOperation().name().toLowerCase(Locale.ROOT)));
        }
        return new FetchDocument(
                text,
                root(operation.getSelectionSet().getSelections()),
                operation.getVariableDefinitions().stream()
                        .map(FetchDocument::variable)
                        .toList());
    }

    private static List<OperationDefinition> operations(String name, String text) {
        try {
            return Parser.parse(text).getDefinitionsOfType(OperationDefinition.class);
        } catch (InvalidSyntaxException e) {
            throw new InvalidHandlerException(
                    "@Fetch(\"%s\") has a document that is no valid GraphQL: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static String root(List<?> selections) {
        if (selections.size() != 1 || !(selections.get(0) instanceof Field field)) {
            return "";
        }
        return field.getAlias() == null ? field.getName() : field.getAlias();
    }

    private static Variable variable(VariableDefinition definition) {
        boolean nonNull = definition.getType() instanceof NonNullType;
        return new Variable(definition.getName(), nonNull, nonNull && definition.getDefaultValue() == null);
    }
}
