package io.github.hasura4j.spring.metadata;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.HasuraMetadataException;
import io.github.hasura4j.client.metadata.InconsistentObject;
import io.github.hasura4j.client.metadata.ReplaceOptions;
import io.github.hasura4j.client.metadata.ReplaceResult;
import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.client.project.MergedMetadata;
import io.github.hasura4j.client.project.MetadataChange;
import io.github.hasura4j.client.project.ProjectPlan;
import io.github.hasura4j.client.project.WantedMetadata;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Metadata from code: puts what the handlers of this application want into a project directory or into an engine, and takes out what
 * they wanted once. Entries of others are never touched; see {@link WantedMetadata}.
 *
 * <p>What handlers do not say stays as it is in entries that are there; new ones begin with the engine's defaults. Nothing is
 * written or sent where nothing changes. Immutable, and safe to share.
 */
public final class HasuraMetadata {

    private final WantedMetadata wanted;
    private final List<String> unsaid;

    /**
     * What these handlers want.
     *
     * @param owner marks the entries as this application's; applications on one engine need different ones
     * @param adopting whether entries of the same name without any mark are taken over
     * @param remoteSchema the application's remote schema; null for none
     */
    public HasuraMetadata(
            HandlerMetadata handlers, String owner, boolean adopting, @Nullable RemoteSchemaEntry remoteSchema) {
        MetadataEntries entries = new MetadataEntries(handlers, owner, adopting);
        this.wanted = entries.wanted(remoteSchema);
        this.unsaid = entries.unsaid();
    }

    /** The entries. */
    public WantedMetadata wanted() {
        return wanted;
    }

    /** Handlers that do not say enough for an entry, a line each; empty if all do. Not modifiable. */
    public List<String> unsaid() {
        return unsaid;
    }

    /**
     * What would become of the entries of some metadata, and of their files.
     *
     * @param changes a line for each entry that changes, or cannot
     * @param files the files that change
     */
    public record DirectoryPlan(List<MetadataChange> changes, ProjectPlan files) {

        public DirectoryPlan {
            changes = List.copyOf(changes);
        }

        /** Whether there is nothing to write, and nothing in the way. */
        public boolean isEmpty() {
            return changes.isEmpty() && files.isEmpty();
        }

        /** The entries that are not ours to change. */
        public List<MetadataChange> conflicts() {
            return changes.stream().filter(MetadataChange::isConflict).toList();
        }

        /** For people: a line for each entry, and the difference in the files. */
        @Override
        public String toString() {
            return changes.stream().map(change -> change + "\n").collect(Collectors.joining()) + files.diff();
        }
    }

    /**
     * What would have to be written to a project directory; nothing is.
     *
     * @param directory the folder that holds {@code config.yaml}
     * @throws io.github.hasura4j.client.project.HasuraProjectException if it cannot be read, or not be changed without losing
     *     something
     */
    public DirectoryPlan plan(Path directory) {
        HasuraProject project = HasuraProject.read(directory);
        MergedMetadata merged = wanted.mergeInto(project.metadataDocument());
        return new DirectoryPlan(merged.changes(), project.plan(merged.document()));
    }

    /**
     * Writes it. What is in the way is left alone and stands in the plan.
     *
     * @return what was written
     * @throws io.github.hasura4j.client.project.HasuraProjectException if a file cannot be changed or written
     */
    public DirectoryPlan write(Path directory) {
        DirectoryPlan plan = plan(directory);
        plan.files().apply();
        return plan;
    }

    /**
     * What would become of the entries of an engine; nothing is sent but the question.
     *
     * @param engine with the admin secret
     * @throws HasuraMetadataException if the engine refuses to tell
     */
    public List<MetadataChange> plan(HasuraClient engine) {
        return wanted.mergeInto(engine.metadata().export().document()).changes();
    }

    /**
     * What was done to an engine.
     *
     * @param changes a line for each entry that has changed, or could not
     * @param inconsistentObjects what the engine cannot use of its metadata now; empty if nothing was sent
     */
    public record Applied(List<MetadataChange> changes, List<InconsistentObject> inconsistentObjects) {

        public Applied {
            changes = List.copyOf(changes);
            inconsistentObjects = List.copyOf(inconsistentObjects);
        }

        /** The entries that are not ours to change. */
        public List<MetadataChange> conflicts() {
            return changes.stream().filter(MetadataChange::isConflict).toList();
        }
    }

    /**
     * Puts it into an engine. Nobody's change is lost: the metadata are replaced only if they are still the version that was looked
     * at, else it begins anew, ten times at most. Several instances that start at once end in the same metadata, and only one
     * of them sends any.
     *
     * @param engine with the admin secret
     * @throws io.github.hasura4j.client.metadata.MetadataConflictException if somebody else was faster ten times
     * @throws HasuraMetadataException if the engine refuses it
     */
    public Applied apply(HasuraClient engine) {
        return apply(engine, changes -> {});
    }

    /**
     * Like {@link #apply(HasuraClient)}, showing what it is about to do.
     *
     * @param plan gets what would become of the entries, before anything is sent; once more with each beginning. What it throws
     *     comes out here, and nothing is sent then
     */
    public Applied apply(HasuraClient engine, Consumer<List<MetadataChange>> plan) {
        Attempt last = new Attempt(plan);
        Optional<ReplaceResult> result =
                engine.metadata().modify(last::merge, ReplaceOptions.strict().allowingInconsistent());
        return new Applied(
                last.changes, result.map(ReplaceResult::inconsistentObjects).orElse(List.of()));
    }

    /** The changes of the attempt that came through. */
    private final class Attempt {

        private final Consumer<List<MetadataChange>> plan;
        private List<MetadataChange> changes = List.of();

        private Attempt(Consumer<List<MetadataChange>> plan) {
            this.plan = plan;
        }

        private void merge(ObjectNode document) {
            MergedMetadata merged = wanted.mergeInto(document);
            changes = merged.changes();
            plan.accept(changes);
            document.removeAll();
            document.setAll(merged.document());
        }
    }

    @Override
    public String toString() {
        return "HasuraMetadata[" + wanted + "]";
    }
}
