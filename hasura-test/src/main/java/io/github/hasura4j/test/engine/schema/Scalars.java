package io.github.hasura4j.test.engine.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.ArrayValue;
import graphql.language.BooleanValue;
import graphql.language.EnumValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.NullValue;
import graphql.language.ObjectField;
import graphql.language.ObjectValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.language.VariableReference;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.GraphQLScalarType;
import io.github.hasura4j.test.engine.catalog.Column;
import org.jspecify.annotations.Nullable;

/** The database's types as GraphQL scalars ({@code graphql-api.md} D.3). */
public final class Scalars {

    private static final Map<String, String> NAMES = Map.of(
            "int2", "smallint",
            "int4", "Int",
            "int8", "bigint",
            "float4", "Float",
            "bool", "Boolean",
            "text", "String",
            "varchar", "String");

    private Scalars() {}

    /** The scalar of a column, of its elements for an array. */
    public static String of(Column column) {
        return NAMES.getOrDefault(column.type(), column.type());
    }

    /** Whether it is the GraphQL name of a database type that has another there. */
    static boolean isScalar(String name) {
        return NAMES.containsValue(name);
    }

    static boolean isText(String scalar) {
        return scalar.equals("String") || scalar.equals("bpchar") || scalar.equals("citext") || scalar.equals("name");
    }

    static boolean isNumeric(String scalar) {
        return switch (scalar) {
            case "smallint", "Int", "bigint", "Float", "float8", "numeric", "money" -> true;
            default -> false;
        };
    }

    /** The type of a column, or of its list for an array. */
    static String typeOf(Column column) {
        return column.array() ? "[" + of(column) + "!]" : of(column);
    }

    /** Whether Postgres finds a greatest and a least value, as the engine sees it. */
    static boolean isComparable(Column column) {
        String scalar = of(column);
        return column.enumeration()
                || isNumeric(scalar)
                || isText(scalar)
                || switch (scalar) {
                    case "uuid", "date", "timestamp", "timestamptz", "timetz", "ltree" -> true;
                    default -> false;
                };
    }

    /** A scalar whose values pass as they are: Postgres, or the handler, judges them. */
    static GraphQLScalarType passing(String name) {
        return GraphQLScalarType.newScalar().name(name).coercing(new Passing()).build();
    }

    private static final class Passing implements Coercing<Object, Object> {

        @Override
        public Object serialize(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public Object parseValue(Object value, GraphQLContext context, Locale locale) {
            return value;
        }

        @Override
        public @Nullable Object parseLiteral(
                Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
            return plain(value, variables);
        }

        @Override
        public Value<?> valueToLiteral(Object value, GraphQLContext context, Locale locale) {
            return literal(value);
        }

        private static Value<?> literal(@Nullable Object value) {
            if (value == null) {
                return NullValue.of();
            } else if (value instanceof Boolean flag) {
                return BooleanValue.of(flag);
            } else if (value instanceof BigDecimal number) {
                return FloatValue.newFloatValue(number).build();
            } else if (value instanceof Number number) {
                return IntValue.newIntValue(new BigInteger(number.toString())).build();
            } else if (value instanceof List<?> list) {
                ArrayValue.Builder elements = ArrayValue.newArrayValue();
                list.forEach(element -> elements.value(literal(element)));
                return elements.build();
            } else if (value instanceof Map<?, ?> map) {
                ObjectValue.Builder fields = ObjectValue.newObjectValue();
                map.forEach((name, field) -> fields.objectField(ObjectField.newObjectField()
                        .name(String.valueOf(name))
                        .value(literal(field))
                        .build()));
                return fields.build();
            }
            return StringValue.of(value.toString());
        }

        private static @Nullable Object plain(Value<?> value, CoercedVariables variables) {
            if (value instanceof StringValue text) {
                return text.getValue();
            } else if (value instanceof IntValue number) {
                return number.getValue();
            } else if (value instanceof FloatValue number) {
                return number.getValue();
            } else if (value instanceof BooleanValue flag) {
                return flag.isValue();
            } else if (value instanceof EnumValue word) {
                return word.getName();
            } else if (value instanceof NullValue) {
                return null;
            } else if (value instanceof VariableReference variable) {
                return variables.get(variable.getName());
            } else if (value instanceof ArrayValue list) {
                List<@Nullable Object> elements = new ArrayList<>();
                list.getValues().forEach(element -> elements.add(plain(element, variables)));
                return elements;
            } else if (value instanceof ObjectValue object) {
                Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                object.getObjectFields()
                        .forEach(field -> fields.put(field.getName(), plain(field.getValue(), variables)));
                return fields;
            }
            throw new CoercingParseLiteralException("unexpected literal");
        }
    }
}
