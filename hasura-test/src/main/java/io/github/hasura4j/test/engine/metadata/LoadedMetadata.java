package io.github.hasura4j.test.engine.metadata;

import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.test.engine.GraphQlEngine;
import io.github.hasura4j.test.engine.Problems;
import io.github.hasura4j.test.engine.action.ActionWebhook;
import io.github.hasura4j.test.engine.event.EventTriggers;
import io.github.hasura4j.test.engine.remote.RemoteSchemas;
import io.github.hasura4j.test.engine.rest.RestEndpoints;
import tools.jackson.databind.node.ObjectNode;

/**
 * One state of the metadata, and what the engine makes of it.
 *
 * @param document the metadata; nobody changes it
 * @param metadata its modelled parts
 * @param problems what is wrong with it, and what of it this engine does not do
 * @param engine answers GraphQL requests by it
 * @param rest answers REST requests by it
 * @param remotes its remote schemas, introspected
 * @param triggers its event triggers, yet to be installed
 * @param actions calls its actions
 */
public record LoadedMetadata(
        ObjectNode document,
        Metadata metadata,
        Problems problems,
        GraphQlEngine engine,
        RestEndpoints rest,
        RemoteSchemas remotes,
        EventTriggers.Plan triggers,
        ActionWebhook actions) {

    /** Leaves the document out. */
    @Override
    public String toString() {
        return "LoadedMetadata[" + problems.inconsistentObjects().size() + " inconsistent objects]";
    }
}
