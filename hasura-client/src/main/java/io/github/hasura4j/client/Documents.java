package io.github.hasura4j.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.hasura4j.client.internal.DocumentFiles;
import org.jspecify.annotations.Nullable;

/** Makes requests of documents, which are parsed once while they are in use. */
final class Documents {

    private static final int REMEMBERED = 256;

    private final Map<String, List<Operation>> parsed =
            Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, List<Operation>> eldest) {
                    return size() > REMEMBERED;
                }
            });

    private final DocumentFiles files = new DocumentFiles();

    /**
     * An operation of a document.
     *
     * @param variables the names of all variables
     * @param required those that have to be given
     */
    record Operation(@Nullable String name, OperationKind kind, Set<String> variables, Set<String> required) {}

    /** A request, and what it does. */
    record Prepared(OperationKind kind, GraphQlRequest request) {}

    /** A request to be answered once. */
    Prepared request(String document, @Nullable String operationName, Map<String, @Nullable Object> variables) {
        Operation operation = choose(operations(document), operationName);
        GraphQlRequest request = checked(document, operation, variables);
        if (operation.kind() == OperationKind.SUBSCRIPTION) {
            throw new HasuraRequestException(
                    "'%s' is a subscription, which is not answered once: read it with live(…) or stream(…), or ask for the same as a query."
                            .formatted(request.shownName()));
        }
        return new Prepared(operation.kind(), request);
    }

    /** A request that is answered again and again. */
    GraphQlRequest subscription(
            String document, @Nullable String operationName, Map<String, @Nullable Object> variables) {
        Operation operation = choose(operations(document), operationName);
        GraphQlRequest request = checked(document, operation, variables);
        if (operation.kind() != OperationKind.SUBSCRIPTION) {
            throw new HasuraRequestException(
                    "'%s' is no subscription, so it is answered once: fetch it, or begin the operation with 'subscription'."
                            .formatted(request.shownName()));
        }
        return request;
    }

    private static GraphQlRequest checked(
            String document, Operation operation, Map<String, @Nullable Object> variables) {
        GraphQlRequest request = new GraphQlRequest(document, operation.name(), variables);
        for (String given : variables.keySet()) {
            if (!operation.variables().contains(given)) {
                throw new HasuraRequestException("Operation '%s' has no variable '$%s'. %s"
                        .formatted(request.shownName(), given, Names.alternatives(given, operation.variables())));
            }
        }
        for (String required : operation.required()) {
            if (!variables.containsKey(required)) {
                throw new HasuraRequestException("Operation '%s' needs its variable '$%s': variable(\"%s\", …)"
                        .formatted(request.shownName(), required, required));
            }
        }
        return request;
    }

    /** The text of a file. */
    String text(String name) {
        return files.text(name);
    }

    private static Operation choose(List<Operation> operations, @Nullable String name) {
        if (operations.isEmpty()) {
            throw new HasuraRequestException("The document has no operation, only fragments.");
        }
        if (name == null && operations.size() == 1) {
            return operations.get(0);
        }
        List<String> names = operations.stream()
                .map(Operation::name)
                .map(each -> each == null ? "(unnamed)" : each)
                .toList();
        if (name == null) {
            throw new HasuraRequestException(
                    "The document has several operations: say which with operationName(…). Known: %s."
                            .formatted(String.join(", ", names)));
        }
        return operations.stream()
                .filter(each -> name.equals(each.name()))
                .findFirst()
                .orElseThrow(() -> new HasuraRequestException(
                        "The document has no operation '%s'. %s".formatted(name, Names.alternatives(name, names))));
    }

    private List<Operation> operations(String document) {
        List<Operation> known = parsed.get(document);
        if (known == null) {
            known = DocumentParser.parse(document); // Outside the lock; two threads may do it twice.
            parsed.put(document, known);
        }
        return known;
    }
}
