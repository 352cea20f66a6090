package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Set;

import graphql.language.SDLDefinition;
import graphql.language.ScalarTypeDefinition;
import graphql.language.TypeDefinition;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.Problems;

/** Builds the schema of one role from tables, actions and remote schemas. */
final class RoleSchemaBuilder {

    private final String role;
    private final boolean backend;
    private final Metadata metadata;
    private final TrackedTables tables;
    private final ActionRelationships actionRelationships;
    private final List<RemoteTypes> remotes;
    private final Set<String> unusableActions;
    private final Problems problems;
    private final SchemaParts parts;

    RoleSchemaBuilder(
            String role,
            boolean backend,
            Metadata metadata,
            TrackedTables tables,
            ActionRelationships actionRelationships,
            List<RemoteTypes> remotes,
            Set<String> unusableActions,
            Problems problems) {
        this.role = role;
        this.backend = backend;
        this.metadata = metadata;
        this.tables = tables;
        this.actionRelationships = actionRelationships;
        this.remotes = remotes;
        this.unusableActions = unusableActions;
        this.problems = problems;
        this.parts = new SchemaParts(problems);
    }

    RoleSchema build() {
        RoleView view = new RoleView(role, backend, tables);
        new TableSchema(view, parts).add();
        new ActionSchema(view, metadata, actionRelationships, unusableActions, parts, problems).add();
        remotes.forEach(this::addRemote);
        addUnsupportedRootFields();
        return parts.assemble();
    }

    private void addRemote(RemoteTypes remote) {
        for (SDLDefinition<?> definition : remote.types()) {
            if (definition instanceof TypeDefinition<?> type) {
                boolean scalar = type instanceof ScalarTypeDefinition;
                if (!parts.define(type) && !scalar) {
                    problems.inconsistent(
                            "remote_schema",
                            remote.name(),
                            "its type '" + type.getName() + "' has a name that is taken already; the type is left out");
                }
            }
        }
        RootField behind = new RootField.OfRemoteSchema(remote.name(), remote.namespaced());
        remote.queries().forEach(field -> parts.put(true, field, behind, "remote_schema", remote.name()));
        remote.mutations().forEach(field -> parts.put(false, field, behind, "remote_schema", remote.name()));
        remote.subscriptions().forEach(field -> parts.putSubscription(field, behind, "remote_schema", remote.name()));
    }

    private void addUnsupportedRootFields() {
        for (TrackedTable table : tables.all()) {
            table.metadata()
                    .remoteRelationships()
                    .forEach(name ->
                            parts.unsupported(table.typeName() + "." + name, "the remote relationship '" + name + "'"));
        }
    }
}
