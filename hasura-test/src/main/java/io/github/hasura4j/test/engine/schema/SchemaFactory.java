package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;

/** Builds each role's schema when the role first asks, and keeps it. Made anew when the metadata or a remote schema changes. */
public final class SchemaFactory {

    private final Metadata metadata;
    private final TrackedTables tables;
    private final List<RemoteTypes> remotes;
    private final Map<String, RoleSchema> schemas = new ConcurrentHashMap<>();

    /** Takes what schemas are made of; builds admin's at once, since whatever is wrong shows there. */
    public SchemaFactory(Metadata metadata, TrackedTables tables, List<RemoteTypes> remotes, Problems problems) {
        this.metadata = metadata;
        this.tables = tables;
        this.remotes = List.copyOf(remotes);
        schemas.put(
                key(Session.ADMIN, true),
                new RoleSchemaBuilder(Session.ADMIN, true, metadata, tables, remotes, problems).build());
    }

    /** The schema of a role. */
    public RoleSchema of(Session session) {
        boolean backend = session.admin() || session.backendOnly();
        return schemas.computeIfAbsent(
                key(session.role(), backend),
                none -> new RoleSchemaBuilder(session.role(), backend, metadata, tables, remotes, new Problems())
                        .build());
    }

    private static String key(String role, boolean backend) {
        return (backend ? "backend " : "frontend ") + role;
    }
}
