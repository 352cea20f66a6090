package io.github.hasura4j.test.engine.schema;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import graphql.language.FieldDefinition;
import graphql.language.InputValueDefinition;
import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import graphql.schema.idl.ScalarInfo;
import graphql.schema.idl.TypeUtil;
import io.github.hasura4j.client.project.ActionMetadata;
import io.github.hasura4j.client.project.CustomTypes;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;
import org.jspecify.annotations.Nullable;

/** What one role sees of the actions, and the types that they use. */
final class ActionSchema {

    private final RoleView view;
    private final Metadata metadata;
    private final TrackedTables tables;
    private final ActionRelationships relationships;
    private final RowSchema rows;
    private final Set<String> unusable;
    private final SchemaParts parts;
    private final Problems problems;
    private final Set<String> customTypes = new LinkedHashSet<>();

    ActionSchema(
            RoleView view,
            Metadata metadata,
            ActionRelationships relationships,
            Set<String> unusable,
            SchemaParts parts,
            Problems problems) {
        this.view = view;
        this.metadata = metadata;
        this.tables = view.tables();
        this.relationships = relationships;
        this.rows = new RowSchema(view, parts);
        this.unusable = unusable;
        this.parts = parts;
        this.problems = problems;
    }

    void add() {
        CustomTypes types = metadata.customTypes();
        types.scalars()
                .forEach(name -> defineCustom(ScalarTypeDefinition.newScalarTypeDefinition()
                        .name(name)
                        .build()));
        types.enums().forEach(type -> defineCustom(Sdl.enumeration(type.name(), type.description(), type.values())));
        types.inputObjects()
                .forEach(type -> defineCustom(Sdl.inputObject(type.name(), type.description(), inputs(type.fields()))));
        for (CustomTypes.ObjectType type : types.objects()) {
            List<FieldDefinition> fields = new ArrayList<>();
            type.fields()
                    .forEach(
                            field -> fields.add(Sdl.field(field.name(), field.type(), field.description(), List.of())));
            relationships.of(type.name()).stream()
                    .filter(relationship -> view.readable(tables.target(relationship)))
                    .forEach(relationship -> rows.add(relationship, fields));
            defineCustom(Sdl.object(type.name(), type.description(), fields));
        }
        for (ActionMetadata action : metadata.actions()) {
            String unknown = unknownType(action);
            if (action.handler() == null) {
                problems.inconsistent("action", action.name(), "it stands in actions.graphql but not in actions.yaml");
            } else if (unknown != null) {
                problems.inconsistent(
                        "action",
                        action.name(),
                        "Inconsistent object: the type: \"" + unknown
                                + "\" is not defined in custom types or the database");
            } else if (!unusable.contains(action.name())
                    && (view.role().equals(Session.ADMIN)
                            || tables.roles().any(view.role(), action.permissions()::contains))) {
                addAction(action);
            }
        }
    }

    /** The first type an action uses that nobody knows, or null. */
    private @Nullable String unknownType(ActionMetadata action) {
        List<String> used = new ArrayList<>();
        used.add(action.outputType());
        action.arguments().forEach(argument -> used.add(argument.type()));
        for (String type : used) {
            String name = TypeUtil.unwrapAll(Sdl.type(type)).getName();
            if (!isKnown(name)) {
                return name;
            }
            for (String field : fieldTypes(name)) {
                String fieldType = TypeUtil.unwrapAll(Sdl.type(field)).getName();
                if (!isKnown(fieldType)) {
                    return fieldType;
                }
            }
        }
        return null;
    }

    private boolean isKnown(String type) {
        return ScalarInfo.isGraphqlSpecifiedScalar(type)
                || customTypes.contains(type)
                || tables.databaseTypes().contains(type)
                || Scalars.isScalar(type)
                || tables.enums().containsKey(type);
    }

    private List<String> fieldTypes(String type) {
        List<String> types = new ArrayList<>();
        metadata.customTypes().objects().stream()
                .filter(object -> object.name().equals(type))
                .forEach(object -> object.fields().forEach(field -> types.add(field.type())));
        metadata.customTypes().inputObjects().stream()
                .filter(object -> object.name().equals(type))
                .forEach(object -> object.fields().forEach(field -> types.add(field.type())));
        return types;
    }

    private void defineCustom(SDLDefinition<?> definition) {
        String name = ((TypeDefinition<?>) definition).getName();
        if (parts.define(definition)) {
            customTypes.add(name);
        } else {
            problems.inconsistent("custom_types", name, "Inconsistent object: the type's name is taken already");
        }
    }

    private void addAction(ActionMetadata action) {
        boolean query = action.operation() == ActionMetadata.Operation.QUERY;
        FieldDefinition field = Sdl.field(
                action.name(),
                action.asynchronous() ? "uuid!" : action.outputType(),
                action.comment(),
                inputs(action.arguments()));
        parts.put(query, field, new RootField.OfAction(action), "action", action.name());
        if (action.asynchronous()) {
            addResult(action);
        }
    }

    /** The query that tells what became of an asynchronous action, of a type that has the action's name. */
    private void addResult(ActionMetadata action) {
        boolean defined = parts.define(Sdl.object(
                action.name(),
                "fields of action: \"" + action.name() + "\"",
                List.of(
                        Sdl.field("created_at", "timestamptz!", "the time at which this action was created", List.of()),
                        Sdl.field("errors", "json", "errors related to the invocation", List.of()),
                        Sdl.field("id", "uuid!", "the unique id of an action", List.of()),
                        Sdl.field("output", action.outputType(), "the output fields of this action", List.of()))));
        if (!defined) {
            problems.inconsistent(
                    "action",
                    action.name(),
                    "the type of its result needs the action's name, which another type has: its result cannot be asked for");
            return;
        }
        FieldDefinition field = Sdl.field(
                action.name(),
                action.name(),
                action.comment(),
                List.of(Sdl.input("id", "uuid!", "the unique id of an action")));
        parts.put(true, field, new RootField.OfActionResult(action), "action", action.name());
        parts.putSubscription(field, new RootField.OfActionResult(action), "action", action.name());
    }

    private static List<InputValueDefinition> inputs(List<ActionMetadata.Argument> arguments) {
        List<InputValueDefinition> inputs = new ArrayList<>();
        arguments.forEach(argument -> inputs.add(Sdl.input(argument.name(), argument.type(), argument.description())));
        return inputs;
    }
}
