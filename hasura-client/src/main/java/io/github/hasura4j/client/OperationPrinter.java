package io.github.hasura4j.client;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a dynamic call down as GraphQL: names only, every value as a variable. With a schema it also checks the names and
 * types the variables; without one it writes the values down too. For one call only.
 */
final class OperationPrinter {

    private final @Nullable Schema schema;
    private final JsonMapper mapper;
    private final Map<String, @Nullable Object> variables = new LinkedHashMap<>();
    private final List<String> declarations = new ArrayList<>();
    private final StringBuilder text = new StringBuilder(256);

    private OperationPrinter(@Nullable Schema schema, JsonMapper mapper) {
        this.schema = schema;
        this.mapper = mapper;
    }

    /**
     * What is to be written.
     *
     * @param roots at least one
     */
    record Operation(OperationKind kind, String name, List<Selection> roots, List<Directive> directives) {

        boolean hasArgumentsAnywhere() {
            return Selection.anyHasArguments(roots);
        }
    }

    static GraphQlRequest print(Operation operation, @Nullable Schema schema, JsonMapper mapper) {
        return new OperationPrinter(schema, mapper).print(operation);
    }

    private GraphQlRequest print(Operation operation) {
        String type = schema == null ? null : rootType(operation, schema);
        String prefix = "";
        for (Selection root : operation.roots()) {
            text.append(text.isEmpty() ? "" : " ");
            field(root, type, prefix.isEmpty() ? "" : root.key() + "_");
            prefix = "other";
        }
        text.append(" }");
        int fieldsEnd = text.length();
        directives(operation.directives(), "operation_"); // After the fields, whose variables have the shorter names.
        String directives = text.substring(fieldsEnd);
        text.setLength(fieldsEnd);
        String declared = declarations.isEmpty() ? "" : "(" + String.join(", ", declarations) + ")";
        text.insert(0, operation.kind().keyword() + " " + operation.name() + declared + directives + " { ");
        return new GraphQlRequest(text.toString(), operation.name(), variables);
    }

    private static String rootType(Operation operation, Schema schema) {
        String type = switch (operation.kind()) {
            case QUERY -> schema.query();
            case MUTATION -> schema.mutation();
            case SUBSCRIPTION -> schema.subscription();
        };
        if (type == null) {
            String kind = operation.kind().keyword();
            throw new HasuraRequestException(
                    "No %s '%s': the engine has no %ss at all for whoever asked for its schema."
                            .formatted(kind, operation.roots().get(0).field(), kind));
        }
        return type;
    }

    /** The prefix makes variables of nested arguments unlike those of the root: {@code $recent_limit}, {@code $limit}. */
    private void field(Selection selection, @Nullable String parent, String prefix) {
        Schema.Field known = known(selection, parent);
        if (selection.alias() != null) {
            text.append(selection.alias()).append(": ");
        }
        text.append(selection.field());
        if (schema == null) {
            literalArguments(selection.arguments());
        } else {
            arguments(selection, known, parent, prefix);
        }
        directives(selection.directives(), prefix);
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

    private void literalArguments(Map<String, @Nullable Object> arguments) {
        String separator = "(";
        for (Map.Entry<String, @Nullable Object> argument : arguments.entrySet()) {
            text.append(separator).append(argument.getKey()).append(": ");
            new Literals(mapper, text).write(argument.getValue());
            separator = ", ";
        }
        text.append(separator.equals("(") ? "" : ")");
    }

    private void directives(List<Directive> directives, String prefix) {
        for (Directive each : directives) {
            text.append(" @").append(each.name());
            if (each.isCondition()) {
                String variable = declare(
                        prefix + each.name(), "Boolean!", each.arguments().get("if"));
                text.append("(if: $").append(variable).append(')');
            } else {
                literalArguments(each.arguments());
            }
        }
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
