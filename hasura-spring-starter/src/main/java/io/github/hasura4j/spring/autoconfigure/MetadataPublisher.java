package io.github.hasura4j.spring.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.HasuraException;
import io.github.hasura4j.client.project.HasuraProjectException;
import io.github.hasura4j.client.project.MetadataChange;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.Mode;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.OnMismatch;
import io.github.hasura4j.spring.metadata.HasuraMetadata;
import io.github.hasura4j.spring.metadata.MetadataConflictsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Writes metadata to a directory as soon as the handlers are known, or puts them into the engine as soon as they can be called: the
 * engine asks remote schemas for their types at once.
 */
final class MetadataPublisher implements SmartInitializingSingleton, ApplicationListener<ApplicationReadyEvent> {

    private static final Logger log = LoggerFactory.getLogger(MetadataPublisher.class);

    private final HasuraMetadata metadata;
    private final Mode mode;
    private final Path directory;
    private final OnMismatch onMismatch;
    private final @Nullable HasuraClient engine;

    MetadataPublisher(
            HasuraMetadata metadata, Mode mode, Path directory, OnMismatch onMismatch, @Nullable HasuraClient engine) {
        this.metadata = metadata;
        this.mode = mode;
        this.directory = directory;
        this.onMismatch = onMismatch;
        this.engine = engine;
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (mode == Mode.WRITE) {
            metadata.unsaid().forEach(log::warn);
            attempt(() -> {
                HasuraMetadata.DirectoryPlan plan = metadata.plan(directory);
                refuse(plan.conflicts());
                if (plan.files().isEmpty()) {
                    log.info("The metadata in {} say what the handlers want", directory);
                    return;
                }
                log.info("Writing to {}:\n{}", directory, plan);
                plan.files().apply();
            });
        }
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent ready) {
        if (mode == Mode.APPLY && engine != null) {
            metadata.unsaid().forEach(log::warn);
            attempt(() -> apply(engine));
        }
    }

    private void apply(HasuraClient client) {
        HasuraMetadata.Applied applied = metadata.apply(client, planned -> {
            refuse(planned.stream().filter(MetadataChange::isConflict).toList());
            if (hasMore(planned)) {
                log.info("Changing the metadata of {}:\n{}", client.endpoint(), lines(planned));
            }
        });
        if (!hasMore(applied.changes())) {
            log.info("The metadata of {} say what the handlers want", client.endpoint());
            return;
        }
        applied.inconsistentObjects()
                .forEach(object -> log.warn("The engine cannot use all of its metadata: {}", object));
        log.info(
                "The metadata have changed: {} entries",
                applied.changes().stream()
                        .filter(change -> !change.isConflict())
                        .count());
    }

    /** Than what is in the way. */
    private static boolean hasMore(List<MetadataChange> changes) {
        return !changes.stream().allMatch(MetadataChange::isConflict);
    }

    private void refuse(List<MetadataChange> conflicts) {
        if (!conflicts.isEmpty() && onMismatch == OnMismatch.FAIL) {
            throw new MetadataConflictsException(conflicts);
        }
        conflicts.forEach(conflict -> log.warn("{}", conflict));
    }

    private void attempt(Runnable publishing) {
        try {
            publishing.run();
        } catch (HasuraException | HasuraProjectException e) {
            if (onMismatch == OnMismatch.FAIL) {
                throw e;
            }
            log.warn("The handlers' metadata are not published: {}", e.getMessage());
        }
    }

    private static String lines(List<MetadataChange> changes) {
        StringBuilder lines = new StringBuilder();
        changes.forEach(change -> lines.append(change).append('\n'));
        return lines.toString().stripTrailing();
    }
}
