package io.github.hasura4j.client.metadata;

import tools.jackson.databind.JsonNode;

/**
 * Somebody else has changed the metadata since the version that the command named; nothing was changed.
 * {@link MetadataClient#modify} begins anew by itself, so there it means that others were faster every time.
 */
public final class MetadataConflictException extends HasuraMetadataException {

    MetadataConflictException(String command, int status, JsonNode answer, String advice) {
        super(command, status, answer, advice);
    }
}
