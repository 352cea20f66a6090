package io.github.hasura4j.test.engine.remote;

import graphql.normalized.ExecutableNormalizedField;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Gives the {@code __typename}s of a server's answer the names that the types have here. */
final class TypeNames {

    private final Customization names;

    TypeNames(Customization names) {
        this.names = names;
    }

    /** The same value of a field, changed where its types have other names. */
    JsonNode in(JsonNode value, ExecutableNormalizedField field) {
        return names.renamesTypes() ? named(value, field) : value;
    }

    private JsonNode named(JsonNode value, ExecutableNormalizedField field) {
        if (field.getName().equals("__typename") && value.isString()) {
            return StringNode.valueOf(names.type(value.stringValue()));
        }
        if (value.isArray()) {
            value.forEach(element -> named(element, field));
        } else if (value instanceof ObjectNode object) {
            for (ExecutableNormalizedField child : field.getChildren()) {
                JsonNode part = object.get(child.getResultKey());
                if (part != null) {
                    object.set(child.getResultKey(), named(part, child));
                }
            }
        }
        return value;
    }
}
