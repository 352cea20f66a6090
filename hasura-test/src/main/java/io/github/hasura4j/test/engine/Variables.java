package io.github.hasura4j.test.engine;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.Argument;
import graphql.language.AstPrinter;
import graphql.language.Document;
import graphql.language.Node;
import graphql.language.NonNullType;
import graphql.language.OperationDefinition;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A request's variables, as the engine takes them. */
final class Variables {

    private Variables() {}

    /**
     * The values to run with. A nullable variable that is not sent counts as null where it stands inside an object or a list,
     * so that a condition never vanishes; as a whole argument it stays absent.
     */
    static Map<String, Object> bind(JsonNode sent, OperationDefinition operation, Document document) {
        Map<String, Object> values = new LinkedHashMap<>();
        Set<String> declared = new HashSet<>();
        Set<String> inside = insideValues(document);
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            String name = variable.getName();
            declared.add(name);
            JsonNode value = sent.get(name);
            if (value != null) {
                values.put(name, value(value, variable.getType()));
            } else if (variable.getDefaultValue() == null
                    && !(variable.getType() instanceof NonNullType)
                    && inside.contains(name)) {
                values.put(name, null);
            }
        }
        List<String> surplus = new ArrayList<>();
        sent.propertyNames().stream().filter(name -> !declared.contains(name)).forEach(surplus::add);
        if (!surplus.isEmpty()) {
            throw EngineException.validation(
                    "$", "unexpected variables in variableValues: " + String.join(", ", surplus));
        }
        return values;
    }

    /** The engine's words for a required variable that is null or not sent. */
    static String nullRefused(OperationDefinition operation, Map<String, Object> values) {
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            boolean required = variable.getType() instanceof NonNullType && variable.getDefaultValue() == null;
            if (required && values.get(variable.getName()) == null) {
                return values.containsKey(variable.getName())
                        ? "null value found for non-nullable type: \"" + AstPrinter.printAst(variable.getType()) + "\""
                        : "expecting a value for non-nullable variable: \"" + variable.getName() + "\"";
            }
        }
        return "null value found for a non-nullable type";
    }

    private static @Nullable Object value(JsonNode value, Type<?> type) {
        Type<?> inner = type instanceof NonNullType required ? required.getType() : type;
        boolean number = inner instanceof TypeName name && name.getName().equals("Int");
        if (number && value.isString() && value.stringValue().matches("-?[0-9]{1,18}")) {
            return new BigInteger(value.stringValue());
        }
        return value.isNull() ? null : EngineJson.mapper().treeToValue(value, Object.class);
    }

    private static Set<String> insideValues(Document document) {
        Set<String> names = new HashSet<>();
        collect(document, false, names);
        return names;
    }

    private static void collect(Node<?> node, boolean inside, Set<String> names) {
        if (node instanceof VariableReference variable) {
            if (inside) {
                names.add(variable.getName());
            }
        } else if (node instanceof Argument argument) {
            if (!(argument.getValue() instanceof VariableReference)) {
                collect(argument.getValue(), true, names);
            }
        } else {
            for (Object child : node.getChildren()) {
                collect((Node<?>) child, inside, names);
            }
        }
    }
}
