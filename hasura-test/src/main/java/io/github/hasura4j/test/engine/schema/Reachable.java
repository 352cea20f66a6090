package io.github.hasura4j.test.engine.schema;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import graphql.language.FieldDefinition;
import graphql.language.ImplementingTypeDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.UnionTypeDefinition;
import graphql.schema.idl.TypeUtil;

/** Follows types from the root types on: the engine shows no others. */
final class Reachable {

    private final Map<String, TypeDefinition<?>> types;
    private final Set<String> found = new LinkedHashSet<>();
    private final Deque<String> open = new ArrayDeque<>();

    private Reachable(Map<String, TypeDefinition<?>> types) {
        this.types = types;
    }

    /** The names of the types that can be reached, those of scalars that are defined nowhere among them. */
    static Set<String> from(Collection<String> roots, Map<String, TypeDefinition<?>> types) {
        Reachable reachable = new Reachable(types);
        roots.forEach(reachable::visit);
        while (!reachable.open.isEmpty()) {
            TypeDefinition<?> type = types.get(reachable.open.remove());
            if (type != null) {
                reachable.follow(type);
            }
        }
        return reachable.found;
    }

    private void visit(String name) {
        if (found.add(name)) {
            open.add(name);
        }
    }

    private void visit(Type<?> type) {
        visit(TypeUtil.unwrapAll(type).getName());
    }

    private void follow(TypeDefinition<?> type) {
        if (type instanceof InputObjectTypeDefinition input) {
            input.getInputValueDefinitions().forEach(field -> visit(field.getType()));
        } else if (type instanceof UnionTypeDefinition union) {
            union.getMemberTypes().forEach(member -> visit((Type<?>) member));
        } else if (type instanceof ImplementingTypeDefinition<?> object) {
            fields(object).forEach(field -> {
                visit(field.getType());
                field.getInputValueDefinitions().forEach(argument -> visit(argument.getType()));
            });
            interfaces(object).forEach(this::visit);
            if (type instanceof InterfaceTypeDefinition) {
                types.values().stream()
                        .filter(other -> implementsIt(other, type.getName()))
                        .forEach(other -> visit(other.getName()));
            }
        }
    }

    private static boolean implementsIt(TypeDefinition<?> other, String name) {
        return other instanceof ImplementingTypeDefinition<?> object
                && interfaces(object).stream()
                        .anyMatch(type -> TypeUtil.unwrapAll(type).getName().equals(name));
    }

    @SuppressWarnings("unchecked")
    private static List<FieldDefinition> fields(ImplementingTypeDefinition<?> type) {
        return type.getFieldDefinitions();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<Type<?>> interfaces(ImplementingTypeDefinition<?> type) {
        return (List<Type<?>>) (List) type.getImplements();
    }
}
