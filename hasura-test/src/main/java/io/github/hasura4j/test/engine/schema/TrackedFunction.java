package io.github.hasura4j.test.engine.schema;

import java.util.List;

import io.github.hasura4j.client.project.FunctionMetadata;
import io.github.hasura4j.test.engine.Session;
import io.github.hasura4j.test.engine.catalog.Column;
import io.github.hasura4j.test.engine.catalog.Function;

/**
 * A function of the metadata that the database really has and that returns rows of a tracked table.
 *
 * @param metadata the metadata's part
 * @param function the database's part
 * @param table the table whose rows it returns
 */
public record TrackedFunction(FunctionMetadata metadata, Function function, TrackedTable table) {

    /** The name its fields and its arguments' type derive from. */
    String typeName() {
        String customName = metadata.customName();
        if (customName != null) {
            return customName;
        }
        String name = function.name().name();
        String schema = function.name().schema();
        return schema.equals("public") ? name : schema + "_" + name;
    }

    String rootField(String kind, String defaultName) {
        return metadata.customRootFields().getOrDefault(kind, defaultName.formatted(typeName()));
    }

    /** The arguments that a client gives. */
    public List<Column> inputs() {
        return function.arguments().stream()
                .filter(argument -> !argument.name().equals(metadata.sessionArgument()))
                .toList();
    }

    /** Whether it stands under {@code mutation_root}. */
    boolean changes() {
        return metadata.exposedAs() != null ? metadata.exposedAs().equals("mutation") : function.changing();
    }

    /** Whether a role that sees the table may call it; a function that changes something needs a permission of its own. */
    boolean callableBy(String role, InheritedRoles roles) {
        return role.equals(Session.ADMIN) || !changes() || roles.any(role, metadata.permissions()::contains);
    }

    @Override
    public String toString() {
        return function.name().toString();
    }
}
