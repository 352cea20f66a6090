package io.github.hasura4j.client;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.github.hasura4j.client.ClientOperation.CallOptions;
import io.github.hasura4j.client.Documents.Prepared;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

final class DefaultDocumentCall implements DocumentCall {

    private final DefaultHasuraClient client;
    private final Documents documents;
    private final String text;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private @Nullable String operationName;
    private CallOptions options;

    DefaultDocumentCall(DefaultHasuraClient client, Documents documents, String text) {
        this.client = client;
        this.documents = documents;
        this.text = text;
        this.options = client.options();
    }

    @Override
    public DocumentCall variable(String name, @Nullable Object value) {
        Variables.put(variables, name, value);
        return this;
    }

    @Override
    public DocumentCall variables(Map<String, ? extends @Nullable Object> variables) {
        variables.forEach((name, value) -> Variables.put(this.variables, name, value));
        return this;
    }

    @Override
    public DocumentCall variables(Object variables) {
        this.variables.putAll(Variables.of(variables, client.mapper()));
        return this;
    }

    @Override
    public DocumentCall operationName(String name) {
        operationName = name;
        return this;
    }

    @Override
    public DocumentCall timeout(Duration timeout) {
        options = options.withTimeout(timeout);
        return this;
    }

    @Override
    public DocumentCall header(String name, String value) {
        options = options.withHeader(name, value);
        return this;
    }

    @Override
    public DocumentCall idempotent() {
        options = options.asIdempotent();
        return this;
    }

    @Override
    public Result<JsonNode> execute() {
        return tree(send());
    }

    @Override
    public <T> Result<T> execute(Class<T> type) {
        return send().result(type);
    }

    @Override
    public <T> Result<T> execute(TypeReference<T> type) {
        return send().result(type.getType());
    }

    @Override
    public <T> T fetch(String path, Class<T> type) {
        return send().required(path, type);
    }

    @Override
    public <T> T fetch(String path, TypeReference<T> type) {
        return send().required(path, type.getType());
    }

    @Override
    public <T> Optional<T> fetchOptional(String path, Class<T> type) {
        return optional(send(), path, type);
    }

    @Override
    public <T> Optional<T> fetchOptional(String path, TypeReference<T> type) {
        return optional(send(), path, type.getType());
    }

    @Override
    public <T> List<T> fetchList(String path, Class<T> type) {
        return send().list(path, type, false);
    }

    @Override
    public <T> List<T> fetchList(String path, TypeReference<T> type) {
        return send().list(path, type.getType(), false);
    }

    @Override
    public CompletableFuture<Result<JsonNode>> executeAsync() {
        return sendAsync(DefaultDocumentCall::tree);
    }

    @Override
    public <T> CompletableFuture<Result<T>> executeAsync(Class<T> type) {
        return sendAsync(answer -> answer.result(type));
    }

    @Override
    public <T> CompletableFuture<T> fetchAsync(String path, Class<T> type) {
        return sendAsync(answer -> answer.required(path, type));
    }

    @Override
    public <T> CompletableFuture<T> fetchAsync(String path, TypeReference<T> type) {
        return sendAsync(answer -> answer.required(path, type.getType()));
    }

    @Override
    public <T> CompletableFuture<Optional<T>> fetchOptionalAsync(String path, Class<T> type) {
        return sendAsync(answer -> optional(answer, path, type));
    }

    @Override
    public <T> CompletableFuture<Optional<T>> fetchOptionalAsync(String path, TypeReference<T> type) {
        return sendAsync(answer -> optional(answer, path, type.getType()));
    }

    @Override
    public <T> CompletableFuture<List<T>> fetchListAsync(String path, Class<T> type) {
        return sendAsync(answer -> answer.list(path, type, false));
    }

    @Override
    public <T> CompletableFuture<List<T>> fetchListAsync(String path, TypeReference<T> type) {
        return sendAsync(answer -> answer.list(path, type.getType(), false));
    }

    /** What is to be sent, checked; for those who send it together with others. */
    Prepared prepared() {
        return documents.request(text, operationName, variables);
    }

    CallOptions options() {
        return options;
    }

    boolean isOf(DefaultHasuraClient other) {
        return client == other;
    }

    static Result<JsonNode> tree(Answer answer) {
        return new Result<>(answer, answer.partialTree());
    }

    private static <T> Optional<T> optional(Answer answer, String path, Type type) {
        return Optional.ofNullable(answer.<T>value(path, type));
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
        Prepared prepared = prepared();
        return client.send(prepared.kind(), prepared.request(), options).answer();
    }

    private <T> CompletableFuture<T> sendAsync(Function<Answer, T> reading) {
        Cancellation cancellation = new Cancellation();
        Prepared prepared;
        try {
            prepared = prepared();
        } catch (HasuraRequestException e) {
            return CompletableFuture.failedFuture(e);
        }
        return cancellation.over(client.sendAsync(prepared.kind(), prepared.request(), options, cancellation)
                .thenApply(response -> reading.apply(response.answer())));
    }

    @Override
    public String toString() {
        return "DocumentCall[operationName=" + operationName + ", variables=" + variables.keySet() + "]";
    }
}
