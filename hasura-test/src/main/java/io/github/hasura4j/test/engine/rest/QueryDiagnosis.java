package io.github.hasura4j.test.engine.rest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import graphql.introspection.Introspection;
import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import graphql.language.Type;
import graphql.language.TypeName;
import graphql.language.VariableDefinition;
import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import io.github.hasura4j.test.engine.schema.RoleSchema;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether a query that nobody has sent yet fits a schema, as the engine does it: fields, selections and the types of
 * variables, but no arguments. Whatever else is wrong shows when the query runs.
 */
final class QueryDiagnosis {

    private final RoleSchema role;
    private final GraphQLSchema schema;
    private final Map<String, FragmentDefinition> fragments = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<String> errors = new ArrayList<>();

    private QueryDiagnosis(RoleSchema role, Document document) {
        this.role = role;
        this.schema = role.schema();
        document.getDefinitionsOfType(FragmentDefinition.class)
                .forEach(fragment -> fragments.put(fragment.getName(), fragment));
    }

    /** What is wrong, the last first as the engine has it; empty if nothing is. */
    static List<String> of(@Nullable Document document, RoleSchema role) {
        if (document == null) {
            return List.of("not a valid graphql query");
        }
        List<OperationDefinition> operations = document.getDefinitionsOfType(OperationDefinition.class);
        if (operations.size() != 1) {
            return List.of(
                    "exactly one operation has to be present in the document when operationName is not specified");
        }
        QueryDiagnosis diagnosis = new QueryDiagnosis(role, document);
        diagnosis.look(operations.get(0));
        Collections.reverse(diagnosis.errors);
        return List.copyOf(diagnosis.errors);
    }

    private void look(OperationDefinition operation) {
        GraphQLObjectType root = switch (operation.getOperation()) {
            case QUERY -> schema.getQueryType();
            case MUTATION -> schema.getMutationType();
            case SUBSCRIPTION -> schema.getSubscriptionType();
        };
        if (root == null) {
            String name = operation.getOperation().name().toLowerCase(Locale.ROOT) + "_root";
            errors.add("$: type '" + name + "' not found in the schema");
        } else {
            look(operation.getSelectionSet(), root, "$");
        }
        for (VariableDefinition variable : operation.getVariableDefinitions()) {
            String type = baseOf(variable.getType()).getName();
            if (schema.getType(type) == null) {
                errors.add("$." + variable.getName() + ": type '" + type + "' not found in the schema");
            }
        }
    }

    private static TypeName baseOf(Type<?> type) {
        Type<?> base = type;
        while (!(base instanceof TypeName)) {
            base = (Type<?>) base.getChildren().get(0);
        }
        return (TypeName) base;
    }

    private void look(SelectionSet selections, GraphQLObjectType type, String path) {
        for (Selection<?> selection : selections.getSelections()) {
            if (selection instanceof Field field) {
                look(field, type, path + "." + field.getName());
            } else if (selection instanceof InlineFragment inline) {
                look(inline.getSelectionSet(), type, path);
            } else if (selection instanceof FragmentSpread spread && seen.add(spread.getName())) {
                FragmentDefinition fragment = fragments.get(spread.getName());
                if (fragment == null) {
                    errors.add("reference to undefined fragment \"" + spread.getName() + "\"");
                } else {
                    look(fragment.getSelectionSet(), type, path);
                }
            }
        }
    }

    private void look(Field field, GraphQLObjectType owner, String path) {
        String name = field.getName();
        if (name.equals(Introspection.TypeNameMetaFieldDef.getName())
                || (isRoot(owner) && (name.equals("__schema") || name.equals("__type")))
                || role.unsupported(owner.getName(), name) != null) {
            return;
        }
        GraphQLFieldDefinition definition = owner.getFieldDefinition(name);
        if (definition == null) {
            errors.add(path + ": field '" + name + "' not found in object '" + owner.getName() + "'");
            return;
        }
        GraphQLType type = GraphQLTypeUtil.unwrapAll(definition.getType());
        SelectionSet selections = field.getSelectionSet();
        if (type instanceof GraphQLScalarType scalar && selections != null) {
            errors.add(path + ": scalar '" + scalar.getName() + "' does not accept a selection set");
        } else if (type instanceof GraphQLEnumType enumeration && selections != null) {
            errors.add(path + ": enum '" + enumeration.getName() + "' does not accept a selection set");
        } else if (type instanceof GraphQLObjectType object && selections == null) {
            errors.add(path + ": object of type '" + object.getName() + "' must have a selection set");
        } else if (type instanceof GraphQLObjectType object && selections != null) {
            look(selections, object, path);
        }
    }

    private boolean isRoot(GraphQLObjectType type) {
        return type == schema.getQueryType()
                || type == schema.getMutationType()
                || type == schema.getSubscriptionType();
    }
}
