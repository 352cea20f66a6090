package io.github.hasura4j.client;

import org.jspecify.annotations.Nullable;

final class DefaultDynamicCall implements DynamicCall {

    private final DefaultHasuraClient client;
    private final Printing printing;
    private Selection root;

    DefaultDynamicCall(DefaultHasuraClient client, Printing printing, String field) {
        this.client = client;
        this.printing = printing;
        this.root = Selection.of(field);
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
        Schema schema = root.hasArgumentsAnywhere() ? client.schema() : null;
        return new DynamicResult(client.send(printing.print(root, schema)), root.field());
    }

    @Override
    public String toString() {
        return "DynamicCall[" + root + "]";
    }

    interface Printing {
        GraphQlRequest print(Selection root, @Nullable Schema schema);
    }
}
