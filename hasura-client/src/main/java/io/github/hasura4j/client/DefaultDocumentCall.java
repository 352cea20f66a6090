package io.github.hasura4j.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    @Override
    public <T> LiveQuery<T> live(String path, Class<T> type) {
        return live(answer -> answer.required(path, type));
    }

    @Override
    public <T> LiveQuery<Optional<T>> liveOptional(String path, Class<T> type) {
        return live(answer -> Optional.ofNullable(answer.value(path, type)));
    }

    @Override
    public <T> LiveQuery<List<T>> liveList(String path, Class<T> type) {
        return live(answer -> answer.list(path, type, false));
    }

    private <R> LiveQuery<R> live(Function<Answer, R> decoder) {
        GraphQlRequest request = documents.subscription(text, operationName, variables);
        return new DefaultLiveQuery<>(client.subscriptions(), client.identity(), request, decoder);
    }

    @Override
    public <T> CursorStream<T> stream(String path, Class<T> type, Cursor cursor) {
        String variable = cursor.variable();
        Map<String, @Nullable Object> all = new LinkedHashMap<>(variables);
        all.put(variable, cursor.from());
        GraphQlRequest request = documents.subscription(text, operationName, all);
        return new DefaultCursorStream<>(
                client.subscriptions(),
                client.identity(),
                position -> request.with(variable, position),
                path,
                type,
                cursor);
    }

    private Answer send() {
        return client.send(documents.request(text, operationName, variables));
    }

    @Override
    public String toString() {
        return "DocumentCall[operationName=" + operationName + ", variables=" + variables.keySet() + "]";
    }
}
