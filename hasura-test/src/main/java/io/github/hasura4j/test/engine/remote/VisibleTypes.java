package io.github.hasura4j.test.engine.remote;

import java.util.ArrayList;
import java.util.List;

import graphql.language.Directive;
import graphql.language.DirectivesContainer;
import graphql.language.EnumTypeDefinition;
import graphql.language.FieldDefinition;
import graphql.language.InputObjectTypeDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.InterfaceTypeDefinition;
import graphql.language.ListType;
import graphql.language.NonNullType;
import graphql.language.ObjectTypeDefinition;
import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.Type;
import graphql.language.TypeDefinition;
import graphql.language.TypeName;
import graphql.language.UnionTypeDefinition;
import io.github.hasura4j.test.engine.schema.RemoteTypes;

/** A server's types as a role sees them: under their customized names, and without what presets fill in. */
final class VisibleTypes {

    private final ServerTypes server;
    private final Customization names;

    private VisibleTypes(ServerTypes server, Customization names) {
        this.server = server;
        this.names = names;
    }

    static RemoteTypes of(String schema, ServerTypes server, Customization names) {
        VisibleTypes visible = new VisibleTypes(server, names);
        List<SDLDefinition<?>> types = new ArrayList<>();
        for (TypeDefinition<?> type : server.types().values()) {
            boolean whole = type instanceof InputObjectTypeDefinition object && Presets.fillWhole(object);
            if (!whole && (names.namespace() != null || !server.isRoot(type.getName()))) {
                types.add(visible.type(type));
            }
        }
        return new RemoteTypes(
                schema,
                names.namespace() != null,
                visible.rootFields(server.query()),
                visible.rootFields(server.mutation()),
                visible.rootFields(server.subscription()),
                types);
    }

    private List<FieldDefinition> rootFields(String root) {
        String namespace = names.namespace();
        if (namespace == null || server.fields(root).isEmpty()) {
            return fields(root);
        }
        return List.of(FieldDefinition.newFieldDefinition()
                .name(namespace)
                .type(new TypeName(names.type(root)))
                .build());
    }

    private SDLDefinition<?> type(TypeDefinition<?> type) {
        String name = names.type(type.getName());
        if (type instanceof ObjectTypeDefinition object) {
            return object.transform(builder -> builder.name(name)
                    .implementz(types(object.getImplements()))
                    .fieldDefinitions(fields(object.getName()))
                    .directives(kept(object)));
        }
        if (type instanceof InterfaceTypeDefinition object) {
            return object.transform(builder -> builder.name(name)
                    .implementz(types(object.getImplements()))
                    .definitions(fields(object.getName()))
                    .directives(kept(object)));
        }
        if (type instanceof UnionTypeDefinition union) {
            return union.transform(builder -> builder.name(name)
                    .memberTypes(types(union.getMemberTypes()))
                    .directives(kept(union)));
        }
        if (type instanceof InputObjectTypeDefinition input) {
            return input.transform(builder -> builder.name(name)
                    .inputValueDefinitions(inputs(input.getInputValueDefinitions()))
                    .directives(kept(input)));
        }
        if (type instanceof EnumTypeDefinition words) {
            return words.transform(builder -> builder.name(name).directives(kept(words)));
        }
        return ((ScalarTypeDefinition) type)
                .transform(builder -> builder.name(name).directives(kept((ScalarTypeDefinition) type)));
    }

    private List<FieldDefinition> fields(String type) {
        return server.fields(type).stream()
                .map(field -> field.transform(builder -> builder.name(names.field(type, field.getName()))
                        .type(type(field.getType()))
                        .inputValueDefinitions(inputs(field.getInputValueDefinitions()))
                        .directives(kept(field))))
                .toList();
    }

    private List<InputValueDefinition> inputs(List<InputValueDefinition> inputs) {
        return inputs.stream()
                .filter(input -> !Presets.hides(input, server))
                .map(input -> input.transform(
                        builder -> builder.type(type(input.getType())).directives(kept(input))))
                .toList();
    }

    /** The one directive that a schema knows of itself. */
    private static List<Directive> kept(DirectivesContainer<?> node) {
        return node.getDirectives("deprecated");
    }

    private List<Type> types(List<Type> types) {
        List<Type> renamed = new ArrayList<>();
        types.forEach(each -> renamed.add(type(each)));
        return renamed;
    }

    private Type<?> type(Type<?> type) {
        return named(type, names.type(ServerTypes.nameOf(type)));
    }

    /** The same type, lists and all, of another name. */
    static Type<?> named(Type<?> type, String name) {
        if (type instanceof NonNullType required) {
            return NonNullType.newNonNullType(named(required.getType(), name)).build();
        }
        return type instanceof ListType list
                ? ListType.newListType(named(list.getType(), name)).build()
                : new TypeName(name);
    }
}
