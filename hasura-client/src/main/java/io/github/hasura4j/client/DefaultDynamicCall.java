package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;

final class DefaultDynamicCall implements DynamicCall {

    private final DefaultHasuraClient client;
    private final Printing printing;
    private Selection root;

    DefaultDynamicCall(DefaultHasuraClient client, Printing printing, String field) {
        this(client, printing, Selection.of(field));
    }

    DefaultDynamicCall(DefaultHasuraClient client, Printing printing, Selection root) {
        this.client = client;
        this.printing = printing;
        this.root = root;
    }

    @Override
    public DynamicCall arg(String name, @Nullable Object value) {
        root = root.arg(name, value);
        return this;
    }

    @Override
    public DynamicCall select(String... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public DynamicCall select(Object... fields) {
        root = root.select(fields);
        return this;
    }

    @Override
    public DynamicResult execute() {
        return new DynamicResult(client.send(request()), root.field());
    }

    GraphQlRequest request() {
        if (!root.hasArgumentsAnywhere()) {
            return printing.print(root, null);
        }
        Schema schema = client.schema();
        try {
            return printing.print(root, schema);
        } catch (HasuraRequestException e) {
            Schema newer = client.schemaAfter(schema);
            if (newer == schema) {
                throw e;
            }
            return printing.print(root, newer);
        }
    }

    @Override
    public String toString() {
        return "DynamicCall[" + root + "]";
    }

    interface Printing {
        GraphQlRequest print(Selection root, @Nullable Schema schema);
    }
}
