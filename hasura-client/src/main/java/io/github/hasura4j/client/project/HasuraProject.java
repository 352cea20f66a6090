package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Hasura project directory: {@code config.yaml}, {@code metadata/}, {@code migrations/} and {@code seeds/}
 * ({@code metadata.md} A).
 *
 * <p>Reading follows the engine's command line tool: {@code !include} as a tag or as text, actions merged from
 * {@code actions.graphql} and {@code actions.yaml}, missing files counting as empty. Immutable and safe to share.
 */
public final class HasuraProject {

    private final Path directory;
    private final Path metadataDirectory;
    private final ObjectNode document;
    private final Metadata metadata;
    private final List<Migration> migrations;
    private final List<Path> seeds;

    private HasuraProject(
            Path directory, Path metadataDirectory, ObjectNode document, List<Migration> migrations, List<Path> seeds) {
        this.directory = directory;
        this.metadataDirectory = metadataDirectory;
        this.document = document;
        this.metadata = Metadata.from(document);
        this.migrations = migrations;
        this.seeds = seeds;
    }

    /**
     * Reads a project directory.
     *
     * @param directory the folder that holds {@code config.yaml}
     * @throws HasuraProjectException if there is no {@code config.yaml}, a file cannot be parsed, or an include leads nowhere
     */
    public static HasuraProject read(Path directory) {
        Path config = directory.resolve("config.yaml");
        if (!Files.isRegularFile(config)) {
            throw new HasuraProjectException(
                    "No config.yaml in '%s'. Give the root of a Hasura project, the folder in which 'hasura init' put its files"
                            .formatted(directory),
                    null);
        }
        JsonNode settings = Yaml.read(config);
        Path metadata = directory.resolve(settings.path("metadata_directory").asString("metadata"));
        Path migrations =
                directory.resolve(settings.path("migrations_directory").asString("migrations"));
        Path seeds = directory.resolve(settings.path("seeds_directory").asString("seeds"));
        try {
            return new HasuraProject(
                    directory,
                    metadata,
                    MetadataDirectory.read(metadata),
                    SqlFiles.migrations(migrations),
                    SqlFiles.seeds(seeds));
        } catch (IOException e) {
            throw new HasuraProjectException("Cannot list the files of '%s'".formatted(directory), e);
        }
    }

    /** The project's folder, as it was given. */
    public Path directory() {
        return directory;
    }

    /** The metadata as the one JSON document that {@code replace_metadata} takes; a copy, yours to change. */
    public ObjectNode metadataDocument() {
        return document.deepCopy();
    }

    /**
     * What would have to be written for the metadata to say this. Only lines that have to change do: comments, order, quotes and
     * all that nobody asked to change stay byte for byte, and what is new is written in the manner of what stands beside it.
     *
     * @param target the document that {@link #metadataDocument()} is to give after it; it is not changed. Tables and functions
     *     cannot be added or removed: track them with the engine's tool
     * @throws HasuraProjectException if the change cannot be made without losing something; the message says where
     */
    public ProjectPlan plan(ObjectNode target) {
        return ProjectWriter.plan(metadataDirectory, document, target);
    }

    /**
     * Writes metadata as the engine's tool does with {@code hasura metadata export}: all files, each anew.
     *
     * @param document what {@code export_metadata} gives
     * @param metadataDirectory where to; made if it is not there
     * @throws HasuraProjectException if a file cannot be written
     */
    public static void export(JsonNode document, Path metadataDirectory) {
        Exported.write(document, metadataDirectory);
    }

    /** The folder of the metadata, {@code metadata} unless {@code config.yaml} says otherwise. */
    public Path metadataDirectory() {
        return metadataDirectory;
    }

    /** The metadata's modelled parts. */
    public Metadata metadata() {
        return metadata;
    }

    /** The migrations that have an {@code up.sql}, in the order in which the engine's tool applies them. */
    public List<Migration> migrations() {
        return migrations;
    }

    /** The seed files of all sources, in the order in which they are applied. */
    public List<Path> seeds() {
        return seeds;
    }

    @Override
    public String toString() {
        return "HasuraProject[" + directory + "]";
    }
}
