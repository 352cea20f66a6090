package io.github.hasura4j.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

final class DefaultDynamicSubscription implements DynamicSubscription {

    private static final int BATCH_SIZE = 100;

    private final DefaultHasuraClient client;
    private Selection root;

    DefaultDynamicSubscription(DefaultHasuraClient client, String field) {
        this.client = client;
        this.root = Selection.of(field);
    }

    @Override
    public DynamicSubscription arg(String name, @Nullable Object value) {
        root = root.arg(name, value);
        return this;
    }

    @Override
    public DynamicSubscription select(String... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public DynamicSubscription select(Object... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public <T> LiveQuery<List<T>> liveRows(Class<T> type) {
        String field = root.field();
        return live(answer -> answer.list(field, type, true));
    }

    @Override
    public <T> LiveQuery<Optional<T>> liveRow(Class<T> type) {
        String field = root.field();
        return live(answer -> new DynamicResult(answer, field).row(type));
    }

    private <R> LiveQuery<R> live(Function<Answer, R> decoder) {
        return new DefaultLiveQuery<>(client.subscriptions(), client.identity(), request(root), decoder);
    }

    private GraphQlRequest request(Selection selection) {
        return client.write(new OperationPrinter.Operation(
                OperationKind.SUBSCRIPTION, root.field(), List.of(selection), List.of()));
    }

    @Override
    public <T> CursorStream<T> stream(Class<T> type, Cursor cursor) {
        Selection stream = withColumns(cursor);
        if (!stream.arguments().containsKey("batch_size")) {
            stream = stream.arg("batch_size", BATCH_SIZE);
        }
        Selection complete = stream;
        return new DefaultCursorStream<>(
                client.subscriptions(),
                client.identity(),
                position -> request(complete.arg("cursor", argument(cursor, position))),
                complete.field(),
                type,
                cursor);
    }

    private Selection withColumns(Cursor cursor) {
        Selection all = root;
        List<String> selected = root.fields().stream().map(Selection::key).toList();
        if (!selected.contains(cursor.column())) {
            all = all.select(cursor.column());
        }
        for (String each : cursor.keyColumns()) {
            if (!selected.contains(each) && !each.equals(cursor.column())) {
                all = all.select(each);
            }
        }
        return all;
    }

    private static List<Map<String, Object>> argument(Cursor cursor, JsonNode position) {
        Map<String, Object> value = Map.of("initial_value", Map.of(cursor.column(), position));
        if (cursor.isDescending()) { // Rising is what the engine takes otherwise.
            value = new LinkedHashMap<>(value);
            value.put("ordering", "DESC");
        }
        return List.of(value);
    }

    @Override
    public String toString() {
        return "DynamicSubscription[" + root + "]";
    }
}
