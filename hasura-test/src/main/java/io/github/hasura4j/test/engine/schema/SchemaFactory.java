package io.github.hasura4j.test.engine.schema;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.Session;

/** Builds each role's schema when the role first asks, and keeps it. Made anew when the metadata or a remote schema changes. */
public final class SchemaFactory {

    private final Metadata metadata;
    private final TrackedTables tables;
    private final ActionRelationships actionRelationships;
    private final Function<String, List<RemoteTypes>> remotes;
    private final Set<String> unusableActions;
    private final RoleSchema admin;
    private final Map<String, RoleSchema> schemas = new ConcurrentHashMap<>();

    /**
     * Takes what schemas are made of; builds admin's at once, since whatever is wrong shows there.
     *
     * @param remotes what a role sees of the remote schemas
     * @param unusableActions names of actions that are inconsistent and so are in no schema
     */
    public SchemaFactory(
            Metadata metadata,
            TrackedTables tables,
            ActionRelationships actionRelationships,
            Function<String, List<RemoteTypes>> remotes,
            Set<String> unusableActions,
            Problems problems) {
        this.metadata = metadata;
        this.tables = tables;
        this.actionRelationships = actionRelationships;
        this.remotes = remotes;
        this.unusableActions = Set.copyOf(unusableActions);
        admin = new RoleSchemaBuilder(
                        Session.ADMIN,
                        true,
                        metadata,
                        tables,
                        actionRelationships,
                        remotes.apply(Session.ADMIN),
                        unusableActions,
                        problems)
                .build();
        schemas.put(key(Session.ADMIN, true), admin);
    }

    /** The schema with everything in it. */
    public RoleSchema admin() {
        return admin;
    }

    /** The schema of a role. */
    public RoleSchema of(Session session) {
        boolean backend = session.admin() || session.backendOnly();
        return schemas.computeIfAbsent(
                key(session.role(), backend),
                none -> new RoleSchemaBuilder(
                                session.role(),
                                backend,
                                metadata,
                                tables,
                                actionRelationships,
                                remotes.apply(session.role()),
                                unusableActions,
                                new Problems())
                        .build());
    }

    private static String key(String role, boolean backend) {
        return (backend ? "backend " : "frontend ") + role;
    }
}
