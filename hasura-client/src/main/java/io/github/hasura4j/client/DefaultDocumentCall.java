package io.github.hasura4j.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class DefaultDocumentCall implements DocumentCall {

    private final DefaultHasuraClient client;
    private final Documents documents;
    private final String text;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private @Nullable String operationName;

    DefaultDocumentCall(DefaultHasuraClient client, Documents documents, String text) {
        this.client = client;
        this.documents = documents;
        this.text = text;
    }

    @Override
    public DocumentCall variable(String name, @Nullable Object value) {
        variables.put(name, value);
        return this;
    }

    @Override
    public DocumentCall variables(Map<String, ? extends @Nullable Object> variables) {
        this.variables.putAll(variables);
        return this;
    }

    @Override
    public DocumentCall operationName(String name) {
        operationName = name;
        return this;
    }

    @Override
    public Result<JsonNode> execute() {
        Answer answer = send();
        return new Result<>(answer.request(), answer.errors(), answer.partialTree());
    }

    @Override
    public <T> T fetch(String path, Class<T> type) {
        return send().required(path, type);
    }

    @Override
    public <T> Optional<T> fetchOptional(String path, Class<T> type) {
        return Optional.ofNullable(send().value(path, type));
    }

    @Override
    public <T> List<T> fetchList(String path, Class<T> type) {
        return send().list(path, type, false);
    }

    private Answer send() {
        return client.send(documents.request(text, operationName, variables));
    }

    @Override
    public String toString() {
        return "DocumentCall[operationName=" + operationName + ", variables=" + variables.keySet() + "]";
    }
}
