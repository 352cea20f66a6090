package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

import graphql.language.Document;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.VariableDefinition;
import graphql.parser.InvalidSyntaxException;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import io.github.hasura4j.client.Documents.Operation;

/** Finds the operations of a document. With {@link SdlSchema} all that needs graphql-java: dynamic calls do without. */
final class DocumentParser {

    // The defaults guard a server against strangers; this is the user's own text.
    private static final ParserOptions GENEROUS = ParserOptions.newParserOptions()
            .maxCharacters(16_000_000)
            .maxTokens(1_000_000)
            .maxWhitespaceTokens(4_000_000)
            .captureIgnoredChars(false)
            .captureLineComments(false)
            .build();

    private DocumentParser() {}

    static List<Operation> parse(String document) {
        try {
            List<Operation> operations = new ArrayList<>();
            for (OperationDefinition each : document(document).getDefinitionsOfType(OperationDefinition.class)) {
                operations.add(operation(each));
            }
            return List.copyOf(operations);
        } catch (InvalidSyntaxException e) {
            // Without the cause: it shows a piece of the text, and somebody may have put values into that.
            throw new HasuraRequestException(
                    "The document is not valid GraphQL%s. Nothing was sent.".formatted(place(e)));
        }
    }

    static Document document(String text) {
        return Parser.parse(ParserEnvironment.newParserEnvironment()
                .document(text)
                .parserOptions(GENEROUS)
                .build());
    }

    static String place(InvalidSyntaxException e) {
        return e.getLocation() == null
                ? ""
                : ": see line %d, column %d"
                        .formatted(e.getLocation().getLine(), e.getLocation().getColumn());
    }

    private static Operation operation(OperationDefinition definition) {
        List<VariableDefinition> variables = definition.getVariableDefinitions();
        return new Operation(
                definition.getName(),
                OperationKind.valueOf(definition.getOperation().name()),
                variables.stream()
                        .map(VariableDefinition::getName)
                        .collect(Collectors.toCollection(LinkedHashSet::new)),
                variables.stream()
                        .filter(each -> each.getType() instanceof NonNullType && each.getDefaultValue() == null)
                        .map(VariableDefinition::getName)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }
}
