package io.github.hasura4j.test.engine.remote;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumTypeDefinition;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.IntValue;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.Value;
import graphql.language.VariableDefinition;
import graphql.language.VariableReference;
import io.github.hasura4j.test.engine.EngineException;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The arguments of one query to a remote server, and the variables that they refer to. What the client has sent goes on as it is,
 * literals as literals and variables as variables. Only a variable that a preset reaches into, or whose type has another name here,
 * is taken apart: its rest travels in variables called {@code hasura_json_var_1} and so on.
 */
final class RemoteArguments {

    private final RemoteView view;
    private final ClientVariables client;
    private final Session session;
    private final Map<String, VariableDefinition> declared = new LinkedHashMap<>();
    private final ObjectNode values = JsonNodeFactory.instance.objectNode();
    private final Map<List<Object>, String> takenApart = new HashMap<>();

    RemoteArguments(RemoteView view, ClientVariables client, Session session) {
        this.view = view;
        this.client = client;
        this.session = session;
    }

    /** The variables in use so far. */
    List<VariableDefinition> declared() {
        return List.copyOf(declared.values());
    }

    /** Their values. */
    ObjectNode values() {
        return values;
    }

    /** The arguments of a field: those that the client gave, then those that are preset. */
    List<Argument> of(List<InputValueDefinition> defined, List<Argument> sent) {
        List<Argument> arguments = new ArrayList<>();
        for (Argument argument : sent) {
            InputValueDefinition input = find(defined, argument.getName());
            boolean absent = argument.getValue() instanceof VariableReference variable
                    && client.value(variable.getName()) == null;
            if (input != null && !absent) {
                arguments.add(new Argument(argument.getName(), value(argument.getValue(), input.getType())));
            }
        }
        for (InputValueDefinition input : defined) {
            if (Presets.hides(input, view.server())) {
                arguments.add(new Argument(input.getName(), filledIn(input)));
            }
        }
        return arguments;
    }

    static @Nullable InputValueDefinition find(List<InputValueDefinition> inputs, String name) {
        for (InputValueDefinition input : inputs) {
            if (input.getName().equals(name)) {
                return input;
            }
        }
        return null;
    }

    /** A value for the server. */
    private Value<?> value(Value<?> value, Type<?> type) {
        Value<?> rewritten = rewritten(value, type);
        return rewritten == null ? forwarded(value) : rewritten;
    }

    /** The same literal, with its variables declared. */
    private Value<?> forwarded(Value<?> value) {
        if (value instanceof VariableReference variable) {
            declare(variable.getName());
        } else if (value instanceof ArrayValue list) {
            list.getValues().forEach(this::forwarded);
        } else if (value instanceof ObjectValue object) {
            object.getObjectFields().forEach(field -> forwarded(field.getValue()));
        }
        return value;
    }

    private void declare(String name) {
        VariableDefinition variable = client.declared(name);
        if (variable != null && !declared.containsKey(name)) {
            String serverType = view.names().serverType(ServerTypes.nameOf(variable.getType()));
            declared.put(
                    name,
                    VariableDefinition.newVariableDefinition(
                                    name,
                                    VisibleTypes.named(variable.getType(), serverType),
                                    variable.getDefaultValue())
                            .build());
            JsonNode value = client.value(name);
            values.set(name, value == null ? JsonNodeFactory.instance.nullNode() : value);
        }
    }

    /** A value with presets filled in, and variables taken apart; null where it can stay as it is. */
    private @Nullable Value<?> rewritten(Value<?> value, Type<?> type) {
        if (type instanceof NonNullType required) {
            return rewritten(value, required.getType());
        }
        if (value instanceof VariableReference variable) {
            JsonNode sent = client.value(variable.getName());
            return sent == null || isScalar(type) ? null : rewritten(sent, type);
        }
        if (type instanceof ListType list) {
            return value instanceof ArrayValue elements
                    ? list(elements.getValues(), list.getType())
                    : rewritten(value, list.getType());
        }
        InputObjectTypeDefinition object = view.server().input(type);
        return object != null && value instanceof ObjectValue given ? object(given, object) : null;
    }

    private @Nullable Value<?> list(List<Value> elements, Type<?> type) {
        boolean any = false;
        List<Value> written = new ArrayList<>();
        for (Value<?> element : elements) {
            Value<?> rewritten = rewritten(element, type);
            any |= rewritten != null;
            written.add(rewritten == null ? element : rewritten);
        }
        if (any) {
            written.forEach(this::forwarded);
        }
        return any ? new ArrayValue(written) : null;
    }

    private @Nullable Value<?> object(ObjectValue given, InputObjectTypeDefinition type) {
        List<ObjectField> fields = presetsOf(type);
        boolean any = !fields.isEmpty();
        List<ObjectField> written = new ArrayList<>();
        for (ObjectField field : given.getObjectFields()) {
            InputValueDefinition input = find(type.getInputValueDefinitions(), field.getName());
            Value<?> rewritten = input == null ? null : rewritten(field.getValue(), input.getType());
            any |= rewritten != null;
            written.add(rewritten == null ? field : new ObjectField(field.getName(), rewritten));
        }
        if (!any) {
            return null;
        }
        written.forEach(field -> forwarded(field.getValue()));
        written.addAll(fields);
        return new ObjectValue(written);
    }

    private List<ObjectField> presetsOf(InputObjectTypeDefinition type) {
        List<ObjectField> fields = new ArrayList<>();
        for (InputValueDefinition input : type.getInputValueDefinitions()) {
            if (Presets.hides(input, view.server())) {
                fields.add(new ObjectField(input.getName(), filledIn(input)));
            }
        }
        return fields;
    }

    /** The same for a value that came in a variable. */
    private @Nullable Value<?> rewritten(JsonNode value, Type<?> type) {
        if (type instanceof NonNullType required) {
            return rewritten(value, required.getType());
        }
        if (type instanceof ListType list) {
            return value.isArray() ? list(value, list.getType()) : rewritten(value, list.getType());
        }
        InputObjectTypeDefinition object = view.server().input(type);
        if (object != null && value.isObject()) {
            return object(value, object);
        }
        if (!isRenamed(ServerTypes.nameOf(type))) {
            return null;
        }
        boolean word = view.server().types().get(ServerTypes.nameOf(type)) instanceof EnumTypeDefinition;
        return word && value.isString()
                ? new EnumValue(value.stringValue())
                : part(value, NonNullType.newNonNullType(type).build());
    }

    private boolean isRenamed(String type) {
        return !view.names().type(type).equals(type);
    }

    private boolean isScalar(Type<?> type) {
        return !(type instanceof ListType)
                && PermittedTypes.kind(view.server().types().get(ServerTypes.nameOf(type)))
                        .equals("Scalar");
    }

    private @Nullable Value<?> list(JsonNode elements, Type<?> type) {
        boolean any = false;
        List<@Nullable Value<?>> written = new ArrayList<>();
        for (JsonNode element : elements) {
            Value<?> rewritten = rewritten(element, type);
            any |= rewritten != null;
            written.add(rewritten);
        }
        if (!any) {
            return null;
        }
        ArrayValue.Builder list = ArrayValue.newArrayValue();
        for (int i = 0; i < elements.size(); i++) {
            Value<?> rewritten = written.get(i);
            list.value(rewritten == null ? part(elements.get(i), type) : rewritten);
        }
        return list.build();
    }

    private @Nullable Value<?> object(JsonNode given, InputObjectTypeDefinition type) {
        List<ObjectField> presets = presetsOf(type);
        boolean any = !presets.isEmpty() || isRenamed(type.getName());
        Map<InputValueDefinition, @Nullable Value<?>> written = new LinkedHashMap<>();
        for (InputValueDefinition input : type.getInputValueDefinitions()) {
            JsonNode field = given.get(input.getName());
            if (field != null) {
                Value<?> rewritten = rewritten(field, input.getType());
                any |= rewritten != null;
                written.put(input, rewritten);
            }
        }
        if (!any) {
            return null;
        }
        List<ObjectField> fields = new ArrayList<>();
        written.forEach((input, rewritten) -> fields.add(new ObjectField(
                input.getName(), rewritten == null ? part(given.path(input.getName()), input.getType()) : rewritten)));
        fields.addAll(presets);
        return new ObjectValue(new ArrayList<>(fields));
    }

    /** A part of a variable, as a variable of its own. */
    private Value<?> part(JsonNode value, Type<?> type) {
        if (value.isNull()) {
            return NullValue.of();
        }
        String name = takenApart.computeIfAbsent(
                List.of(String.valueOf(type), value), none -> "hasura_json_var_" + (takenApart.size() + 1));
        declared.computeIfAbsent(
                name,
                none -> VariableDefinition.newVariableDefinition(name, type).build());
        values.set(name, value);
        return new VariableReference(name);
    }

    /** What is filled in for a client that does not see it. */
    private Value<?> filledIn(InputValueDefinition input) {
        Value<?> preset = Presets.of(input);
        if (preset != null) {
            return preset(preset, input.getType(), Presets.isStatic(input));
        }
        InputObjectTypeDefinition object = view.server().input(input.getType());
        return object == null ? NullValue.of() : new ObjectValue(presetsOf(object));
    }

    private Value<?> preset(Value<?> preset, Type<?> type, boolean literally) {
        if (type instanceof NonNullType required) {
            return preset(preset, required.getType(), literally);
        }
        if (type instanceof ListType list) {
            return preset instanceof ArrayValue elements
                    ? new ArrayValue(elements.getValues().stream()
                            .<Value>map(element -> preset(element, list.getType(), literally))
                            .toList())
                    : preset(preset, list.getType(), literally);
        }
        InputObjectTypeDefinition object = view.server().input(type);
        if (object != null && preset instanceof ObjectValue given) {
            return new ObjectValue(given.getObjectFields().stream()
                    .map(field -> {
                        InputValueDefinition input = find(object.getInputValueDefinitions(), field.getName());
                        return input == null
                                ? field
                                : new ObjectField(
                                        field.getName(), preset(field.getValue(), input.getType(), literally));
                    })
                    .toList());
        }
        String text = preset instanceof StringValue string ? string.getValue() : null;
        return text != null && isSessionVariable(text) && !literally
                ? fromSession(text.toLowerCase(Locale.ROOT), ServerTypes.nameOf(type))
                : preset;
    }

    static boolean isSessionVariable(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith("x-hasura-");
    }

    /** A session variable, as a variable of the type that is asked for. */
    private Value<?> fromSession(String variable, String type) {
        String value = session.variables().asMap().get(variable);
        if (value == null) {
            throw EngineException.of("not-found", "$", "\"" + variable + "\" session variable expected, but not found");
        }
        String name = variable.replace('-', '_');
        declared.put(
                name,
                VariableDefinition.newVariableDefinition(
                                name,
                                NonNullType.newNonNullType(new TypeName(type)).build())
                        .build());
        values.set(name, Literals.toJson(coerced(value, type)));
        return new VariableReference(name);
    }

    private Value<?> coerced(String value, String type) {
        if (view.server().types().get(type) instanceof EnumTypeDefinition words) {
            if (words.getEnumValueDefinitions().stream()
                    .noneMatch(word -> word.getName().equals(value))) {
                throw coercionError(value, "is not one of the valid enum values");
            }
            return new EnumValue(value);
        }
        try {
            return switch (type) {
                case "Int" -> new IntValue(new BigInteger(value));
                case "Float" -> new FloatValue(new BigDecimal(value));
                case "Boolean" -> {
                    if (!value.equals("true") && !value.equals("false")) {
                        throw coercionError(value, "cannot be coerced into a Boolean value");
                    }
                    yield new BooleanValue(value.equals("true"));
                }
                default -> new StringValue(value);
            };
        } catch (NumberFormatException e) {
            throw coercionError(
                    value, "cannot be coerced into " + (type.equals("Int") ? "an Int" : "a Float") + " value");
        }
    }

    private static EngineException coercionError(String value, String why) {
        return EngineException.of("coercion-error", "$", "\"" + value + "\" " + why);
    }
}
