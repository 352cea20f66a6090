package io.github.hasura4j.client.metadata;

import java.util.List;

import tools.jackson.databind.node.ObjectNode;

/** What the engine reads again. Immutable. */
public final class Reload {

    private final boolean all;
    private final List<String> remoteSchemas;
    private final List<String> sources;
    private final boolean recreatingEventTriggers;

    private Reload(boolean all, List<String> remoteSchemas, List<String> sources, boolean recreatingEventTriggers) {
        this.all = all;
        this.remoteSchemas = remoteSchemas;
        this.sources = sources;
        this.recreatingEventTriggers = recreatingEventTriggers;
    }

    /** All databases and all remote schemas. */
    public static Reload everything() {
        return new Reload(true, List.of(), List.of(), false);
    }

    /** These remote schemas, and no database. */
    public static Reload ofRemoteSchemas(String... names) {
        return new Reload(false, List.of(names), List.of(), false);
    }

    /** These databases, and no remote schema. */
    public static Reload ofSources(String... names) {
        return new Reload(false, List.of(), List.of(names), false);
    }

    /** Creates the triggers in the database anew as well, in case somebody dropped them there. */
    public Reload recreatingEventTriggers() {
        return new Reload(all, remoteSchemas, sources, true);
    }

    ObjectNode args() {
        ObjectNode args = Json.object();
        if (all) {
            args.put("reload_remote_schemas", true).put("reload_sources", true);
        } else {
            remoteSchemas.forEach(args.putArray("reload_remote_schemas")::add);
            sources.forEach(args.putArray("reload_sources")::add);
        }
        return args.put("recreate_event_triggers", recreatingEventTriggers);
    }

    @Override
    public String toString() {
        return "Reload" + args();
    }
}
