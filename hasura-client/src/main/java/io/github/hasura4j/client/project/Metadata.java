package io.github.hasura4j.client.project;

import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * The parts of a project's metadata that hasura4j works with; {@link HasuraProject#metadataDocument()} has the rest.
 *
 * @param sources the databases
 * @param actions the actions, with their signatures
 * @param customTypes the types that actions use
 * @param remoteSchemas the remote schemas
 * @param cronTriggers the cron triggers
 */
public record Metadata(
        List<SourceMetadata> sources,
        List<ActionMetadata> actions,
        CustomTypes customTypes,
        List<RemoteSchemaMetadata> remoteSchemas,
        List<CronTriggerMetadata> cronTriggers) {

    /** Reads the document that {@code replace_metadata} takes and {@code export_metadata} gives. */
    public static Metadata from(JsonNode document) {
        return new Metadata(
                Json.list(document.path("sources"), SourceMetadata::from),
                Json.list(document.path("actions"), ActionMetadata::from),
                CustomTypes.from(document.path("custom_types")),
                Json.list(document.path("remote_schemas"), RemoteSchemaMetadata::from),
                Json.list(document.path("cron_triggers"), CronTriggerMetadata::from));
    }
}
