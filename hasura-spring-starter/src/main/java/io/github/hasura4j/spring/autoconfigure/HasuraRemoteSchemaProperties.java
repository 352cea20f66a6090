package io.github.hasura4j.spring.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the engine calls a remote schema in this application, served by Spring for GraphQL.
 *
 * @param guarded Whether to answer only who sends the secret. By default, as soon as there is a secret.
 * @param secret Secret for the remote schema alone, instead of 'hasura.webhook.secret'.
 * @param secrets Secrets for the remote schema alone, accepted at the same time.
 * @param name Name of the remote schema in the metadata, for 'hasura.metadata.mode' and 'reload-on-ready'.
 * @param reloadOnReady Whether the engine is asked to look at it again when the application is ready, if it could not before.
 */
@ConfigurationProperties("hasura.remote-schema")
public record HasuraRemoteSchemaProperties(
        @Nullable Boolean guarded,
        @Nullable String secret,
        @DefaultValue List<String> secrets,
        @Nullable String name,
        @DefaultValue("false") boolean reloadOnReady) {

    /** The secrets of the remote schema alone; empty if it has the ones of all. */
    List<String> ownSecrets() {
        return Stream.concat(Stream.ofNullable(secret), secrets.stream()).toList();
    }

    /** Leaves the secrets out. */
    @Override
    public String toString() {
        return "HasuraRemoteSchemaProperties[guarded=" + guarded + "]";
    }
}
