package io.github.hasura4j.test.engine;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import graphql.introspection.Introspection;
import graphql.language.Argument;
import graphql.language.ArrayValue;
import graphql.language.Document;
import graphql.language.EnumValue;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.GraphQLArgument;
import graphql.schema.GraphQLCompositeType;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLFieldsContainer;
import graphql.schema.GraphQLInputObjectField;
import graphql.schema.GraphQLInputObjectType;
import graphql.schema.GraphQLNamedType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.github.hasura4j.test.engine.schema.RoleSchema;
import org.jspecify.annotations.Nullable;

/** Says of unknown fields and arguments what the engine says, in its words and with its paths; the rest is graphql-java's. */
final class SelectionCheck {

    private final RoleSchema roleSchema;
    private final GraphQLSchema schema;
    private final Map<String, Object> variables;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Set<String> checkedFragments = new HashSet<>();

    SelectionCheck(RoleSchema roleSchema, Document document, Map<String, Object> variables) {
        this.variables = variables;
        this.roleSchema = roleSchema;
        this.schema = roleSchema.schema();
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    void check(OperationDefinition operation) {
        GraphQLCompositeType root = switch (operation.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
        check(operation.getSelectionSet(), root, "$", 0);
    }

    private void check(@Nullable SelectionSet selections, GraphQLCompositeType type, String path, int depth) {
        if (selections == null || depth > 200) {
            return;
        }
        for (Selection<?> selection : selections.getSelections()) {
            if (selection instanceof Field field) {
                check(field, type, path + ".selectionSet." + field.getName(), depth);
            } else if (selection instanceof InlineFragment inline) {
                String condition = inline.getTypeCondition() == null
                        ? null
                        : inline.getTypeCondition().getName();
                check(inline.getSelectionSet(), narrowed(condition, type), path, depth + 1);
            } else if (selection instanceof FragmentSpread spread) {
                FragmentDefinition fragment = fragments.get(spread.getName());
                if (fragment != null && checkedFragments.add(spread.getName())) {
                    check(
                            fragment.getSelectionSet(),
                            narrowed(fragment.getTypeCondition().getName(), type),
                            path,
                            depth + 1);
                }
            }
        }
    }

    private GraphQLCompositeType narrowed(@Nullable String condition, GraphQLCompositeType type) {
        return condition != null && schema.getType(condition) instanceof GraphQLCompositeType composite
                ? composite
                : type;
    }

    private void check(Field field, GraphQLCompositeType type, String path, int depth) {
        String name = field.getName();
        if (name.equals(Introspection.TypeNameMetaFieldDef.getName())) {
            return;
        }
        GraphQLFieldDefinition definition = name.startsWith("__") ? metaField(name, type) : declaredField(name, type);
        if (definition == null) {
            throw unknownField(name, type, path);
        }
        for (Argument argument : field.getArguments()) {
            GraphQLArgument known = definition.getArgument(argument.getName());
            if (known == null) {
                throw EngineException.validation(
                        path, "'" + name + "' has no argument named '" + argument.getName() + "'");
            }
            check(argument.getValue(), known.getType(), path + ".args." + argument.getName());
        }
        if (GraphQLTypeUtil.unwrapAll(definition.getType()) instanceof GraphQLCompositeType composite) {
            check(field.getSelectionSet(), composite, path, depth + 1);
        }
    }

    private @Nullable GraphQLFieldDefinition metaField(String name, GraphQLCompositeType type) {
        if (type != schema.getQueryType()) {
            return null;
        }
        return switch (name) {
            case "__schema" -> Introspection.SchemaMetaFieldDef;
            case "__type" -> Introspection.TypeMetaFieldDef;
            default -> null;
        };
    }

    private static @Nullable GraphQLFieldDefinition declaredField(String name, GraphQLCompositeType type) {
        return type instanceof GraphQLFieldsContainer container ? container.getFieldDefinition(name) : null;
    }

    private void check(Value<?> value, GraphQLType type, String path) {
        GraphQLType unwrapped = GraphQLTypeUtil.unwrapAll(type);
        if (value instanceof EnumValue word && unwrapped instanceof GraphQLEnumType enumeration) {
            requireEnumValue(word.getName(), enumeration, path);
        } else if (value instanceof ArrayValue list) {
            List<?> elements = list.getValues();
            for (int i = 0; i < elements.size(); i++) {
                check((Value<?>) elements.get(i), type, path + "[" + i + "]");
            }
        } else if (value instanceof VariableReference variable) {
            checkSent(variables.get(variable.getName()), type, path);
        } else if (value instanceof ObjectValue object && unwrapped instanceof GraphQLInputObjectType input) {
            for (ObjectField field : object.getObjectFields()) {
                check(field.getValue(), fieldType(field.getName(), input, path), path + "." + field.getName());
            }
        }
    }

    /** The same for values that were sent as variables. */
    private void checkSent(@Nullable Object value, GraphQLType type, String path) {
        GraphQLType unwrapped = GraphQLTypeUtil.unwrapAll(type);
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                checkSent(list.get(i), type, path + "[" + i + "]");
            }
        } else if (value instanceof Map<?, ?> map && unwrapped instanceof GraphQLInputObjectType input) {
            map.forEach((key, field) -> {
                String name = String.valueOf(key);
                checkSent(field, fieldType(name, input, path), path + "." + name);
            });
        } else if (value != null && unwrapped instanceof GraphQLEnumType enumeration) {
            requireEnumValue(value, enumeration, path);
        }
    }

    private GraphQLType fieldType(String name, GraphQLInputObjectType input, String path) {
        GraphQLInputObjectField known = input.getFieldDefinition(name);
        if (known == null) {
            throw unknownField(name, input, path + "." + name);
        }
        return known.getType();
    }

    private static void requireEnumValue(Object value, GraphQLEnumType enumeration, String path) {
        if (value instanceof String text && enumeration.getValue(text) == null) {
            String known = enumeration.getValues().stream()
                    .map(each -> "'" + each.getName() + "'")
                    .collect(Collectors.joining(", "));
            throw EngineException.validation(
                    path,
                    "expected one of the values [" + known + "] for type '" + enumeration.getName() + "', but found '"
                            + text + "'");
        }
    }

    private EngineException unknownField(String name, GraphQLNamedType type, String path) {
        String unsupported = roleSchema.unsupported(type.getName(), name);
        return unsupported != null
                ? EngineException.notSupported(path, unsupported)
                : EngineException.validation(path, "field '" + name + "' not found in type: '" + type.getName() + "'");
    }
}
