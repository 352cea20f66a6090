package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Writes a dynamic call down as GraphQL: names only, every value as a variable. With a schema it also checks the names and
 * types the variables; without one there must be no arguments. For one call only.
 */
final class OperationPrinter {

    private final @Nullable Schema schema;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final List<String> declarations = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private OperationPrinter(@Nullable Schema schema) {
        this.schema = schema;
    }

    static GraphQlRequest query(Selection root, @Nullable Schema schema) {
        return new OperationPrinter(schema).print("query", root, schema == null ? null : schema.query());
    }

    static GraphQlRequest mutation(Selection root, @Nullable Schema schema) {
        if (schema != null && schema.mutation() == null) {
            throw new HasuraRequestException(
                    "No mutation '%s': the engine has no mutations at all for whoever asked for its schema."
                            .formatted(root.field()));
        }
        return new OperationPrinter(schema).print("mutation", root, schema == null ? null : schema.mutation());
    }

    static GraphQlRequest subscription(Selection root, @Nullable Schema schema) {
        if (schema != null && schema.subscription() == null) {
            throw new HasuraRequestException(
                    "No subscription '%s': the engine has no subscriptions at all for whoever asked for its schema."
                            .formatted(root.field()));
        }
        return new OperationPrinter(schema).print("subscription", root, schema == null ? null : schema.subscription());
    }

    private GraphQlRequest print(String kind, Selection root, @Nullable String type) {
        field(root, type, "");
        String declared = declarations.isEmpty() ? "" : "(" + String.join(", ", declarations) + ")";
        return new GraphQlRequest(kind + " " + root.field() + declared + " { " + text + " }", root.field(), variables);
    }

    /** The prefix makes variables of nested arguments unlike those of the root: {@code $recent_limit}, {@code $limit}. */
    private void field(Selection selection, @Nullable String parent, String prefix) {
        Schema.Field known = known(selection, parent);
        if (selection.alias() != null) {
            text.append(selection.alias()).append(": ");
        }
        text.append(selection.field());
        arguments(selection, known, parent, prefix);
        if (selection.fields().isEmpty()) {
            return;
        }
        text.append(" {");
        for (Selection each : selection.fields()) {
            text.append(' ');
            field(each, known == null ? null : known.type(), prefix + each.key() + "_");
        }
        text.append(" }");
    }

    private Schema.@Nullable Field known(Selection selection, @Nullable String parent) {
        Map<String, Schema.Field> fields =
                schema == null || parent == null ? null : schema.types().get(parent);
        if (fields == null || schema == null || selection.field().startsWith("__")) {
            return null;
        }
        Schema.Field known = fields.get(selection.field());
        if (known == null) {
            throw new HasuraRequestException("'%s' has no field '%s'. %s Nothing was sent."
                    .formatted(parent, selection.field(), Names.alternatives(selection.field(), fields.keySet())));
        }
        if (known.composite() && selection.fields().isEmpty()) {
            Map<String, Schema.Field> inner = schema.types().getOrDefault(known.type(), Map.of());
            throw new HasuraRequestException(
                    "'%s' is a %s, an object: say which of its fields to answer with select(…). %s Nothing was sent."
                            .formatted(
                                    selection.field(),
                                    known.type(),
                                    Names.alternatives(selection.field(), inner.keySet())));
        }
        if (!known.composite() && !selection.fields().isEmpty()) {
            throw new HasuraRequestException("'%s' is a %s, which has no fields: leave select(…) out. Nothing was sent."
                    .formatted(selection.field(), known.type()));
        }
        return known;
    }

    private void arguments(Selection selection, Schema.@Nullable Field known, @Nullable String parent, String prefix) {
        String separator = "(";
        for (Map.Entry<String, @Nullable Object> argument :
                selection.arguments().entrySet()) {
            Map<String, String> types = known == null ? Map.of() : known.arguments();
            String type = types.get(argument.getKey());
            if (type == null) {
                throw new HasuraRequestException("'%s' of '%s' has no argument '%s'. %s Nothing was sent."
                        .formatted(
                                selection.field(),
                                parent,
                                argument.getKey(),
                                Names.alternatives(argument.getKey(), types.keySet())));
            }
            String variable = declare(prefix + argument.getKey(), type, argument.getValue());
            text.append(separator).append(argument.getKey()).append(": $").append(variable);
            separator = ", ";
        }
        text.append(separator.equals("(") ? "" : ")");
    }

    private String declare(String wanted, String type, @Nullable Object value) {
        String name = wanted;
        for (int i = 2; variables.containsKey(name); i++) {
            name = wanted + "_" + i;
        }
        variables.put(name, value);
        declarations.add("$" + name + ": " + type);
        return name;
    }
}
