package io.github.hasura4j.spring.autoconfigure;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the handlers have to do with the engine's metadata.
 *
 * @param mode What happens at start-up.
 * @param source What the handlers are compared with.
 * @param directory Hasura project, the folder with config.yaml; relative to the working directory.
 * @param onMismatch What happens at start-up if handlers and metadata differ.
 * @param handlerBase What URLs of this application's webhooks begin with in the metadata.
 * @param secretEnv The engine's environment variable with the webhook secret.
 * @param owner Name that marks entries of the metadata as this application's own; 'spring.application.name' if left out.
 * @param adopt Whether entries of the same name that carry nobody's mark are taken over.
 */
@ConfigurationProperties("hasura.metadata")
public record HasuraMetadataProperties(
        @DefaultValue("off") Mode mode,
        @DefaultValue("directory") Source source,
        @DefaultValue("hasura") Path directory,
        @DefaultValue("warn") OnMismatch onMismatch,
        @DefaultValue("{{HANDLER_URL}}") String handlerBase,
        @DefaultValue("WEBHOOK_SECRET") String secretEnv,
        @Nullable String owner,
        @DefaultValue("false") boolean adopt) {

    /** What happens at start-up. */
    public enum Mode {
        /** Nothing. */
        OFF,
        /** Handlers are compared with the metadata. */
        CHECK,
        /** What the handlers want is written to the directory. */
        WRITE,
        /** What the handlers want is put into the engine. */
        APPLY
    }

    /** What the handlers are compared with. */
    public enum Source {
        /** The project directory. */
        DIRECTORY,
        /** What the engine of the client has at the moment. */
        ENGINE
    }

    /** What a difference leads to. */
    public enum OnMismatch {
        /** A line in the log for each. */
        WARN,
        /** The application does not start if a difference is an error; the others are logged. */
        FAIL
    }
}
