package io.github.hasura4j.spring.metadata;

import java.util.List;

import io.github.hasura4j.client.project.HeaderMetadata;

/**
 * The application's own remote schema, as the metadata are to have it.
 *
 * @param name its name in the metadata
 * @param url where the engine finds it, a template
 * @param headers what the engine sends along
 */
public record RemoteSchemaEntry(String name, String url, List<HeaderMetadata> headers) {

    public RemoteSchemaEntry {
        headers = List.copyOf(headers);
    }
}
