package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.List;

import graphql.language.InputValueDefinition;
import io.github.hasura4j.test.engine.schema.RoleView.Value;

/** The input types that compare a value, one for each scalar ({@code graphql-api.md} D.3). */
final class Comparisons {

    private final SchemaParts parts;

    Comparisons(SchemaParts parts) {
        this.parts = parts;
    }

    /** The name of the type that compares a value. */
    String of(Value value) {
        if (value.enumeration()) {
            return of(value.type(), value.type(), value.type() + "_comparison_exp", List.of());
        }
        String scalar = Scalars.of(value.column());
        if (value.column().array()) {
            return of(scalar, value.type(), scalar + "_array_comparison_exp", arrayOperators(value.type()));
        }
        return ofScalar(scalar);
    }

    String ofScalar(String scalar) {
        String name = scalar + "_comparison_exp";
        return parts.isDefined(name) ? name : of(scalar, scalar, name, operators(scalar));
    }

    private String of(String scalar, String type, String name, List<InputValueDefinition> more) {
        if (parts.isDefined(name)) {
            return name;
        }
        List<InputValueDefinition> operators = new ArrayList<>();
        operators.add(Sdl.input("_eq", type));
        operators.add(Sdl.input("_neq", type));
        operators.add(Sdl.input("_in", "[" + type + "!]"));
        operators.add(Sdl.input("_nin", "[" + type + "!]"));
        operators.add(Sdl.input("_is_null", "Boolean"));
        boolean enumeration = name.equals(type + "_comparison_exp") && parts.isEnum(type);
        if (!enumeration) {
            List.of("_gt", "_gte", "_lt", "_lte").forEach(operator -> operators.add(Sdl.input(operator, type)));
        }
        operators.addAll(more);
        parts.define(Sdl.inputObject(
                name,
                "Boolean expression to compare columns of type \"" + scalar
                        + "\". All fields are combined with logical 'AND'.",
                operators));
        return name;
    }

    private List<InputValueDefinition> operators(String scalar) {
        if (Scalars.isText(scalar)) {
            return textOperators(scalar);
        }
        return switch (scalar) {
            case "jsonb" -> jsonbOperators();
            case "ltree" -> treeOperators();
            default -> List.of();
        };
    }

    private static List<InputValueDefinition> arrayOperators(String type) {
        return List.of(
                Sdl.input("_contains", type, "does the array contain the given value"),
                Sdl.input("_contained_in", type, "is the array contained in the given array value"));
    }

    private static List<InputValueDefinition> textOperators(String scalar) {
        List<InputValueDefinition> operators = new ArrayList<>();
        both(operators, scalar, "like", "the given pattern");
        both(operators, scalar, "ilike", "the given case-insensitive pattern");
        both(operators, scalar, "similar", "the given SQL regular expression");
        both(operators, scalar, "regex", "the given POSIX regular expression, case sensitive");
        both(operators, scalar, "iregex", "the given POSIX regular expression, case insensitive");
        return operators;
    }

    private static void both(List<InputValueDefinition> operators, String scalar, String name, String pattern) {
        operators.add(Sdl.input("_" + name, scalar, "does the column match " + pattern));
        operators.add(Sdl.input("_n" + name, scalar, "does the column NOT match " + pattern));
    }

    private List<InputValueDefinition> jsonbOperators() {
        parts.define(Sdl.inputObject("jsonb_cast_exp", null, List.of(Sdl.input("String", ofScalar("String")))));
        return List.of(
                Sdl.input("_cast", "jsonb_cast_exp"),
                Sdl.input("_contains", "jsonb", "does the column contain the given json value at the top level"),
                Sdl.input("_contained_in", "jsonb", "is the column contained in the given json value"),
                Sdl.input("_has_key", "String", "does the string exist as a top-level key in the column"),
                Sdl.input(
                        "_has_keys_all", "[String!]", "do all of these strings exist as top-level keys in the column"),
                Sdl.input(
                        "_has_keys_any", "[String!]", "do any of these strings exist as top-level keys in the column"));
    }

    private static List<InputValueDefinition> treeOperators() {
        return List.of(
                Sdl.input("_ancestor", "ltree", "is the left argument an ancestor of right (or equal)?"),
                Sdl.input("_ancestor_any", "[ltree!]", "does array contain an ancestor of `ltree`?"),
                Sdl.input("_descendant", "ltree", "is the left argument a descendant of right (or equal)?"),
                Sdl.input("_descendant_any", "[ltree!]", "does array contain a descendant of `ltree`?"),
                Sdl.input("_matches", "lquery", "does `ltree` match `lquery`?"),
                Sdl.input("_matches_any", "[lquery!]", "does `ltree` match any `lquery` in array?"),
                Sdl.input("_matches_fulltext", "ltxtquery", "does `ltree` match `ltxtquery`?"));
    }
}
