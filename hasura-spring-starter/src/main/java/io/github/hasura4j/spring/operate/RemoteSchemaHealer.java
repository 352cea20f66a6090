package io.github.hasura4j.spring.operate;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.github.hasura4j.client.HasuraException;
import io.github.hasura4j.client.metadata.InconsistentObject;
import io.github.hasura4j.client.metadata.MetadataClient;
import io.github.hasura4j.client.metadata.Reload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the engine look at this application's remote schema again if it could not be reached before: an engine that starts first
 * leaves it out for good.
 *
 * <p>Asks at most a number of times, with growing pauses, and ends as soon as the engine has the schema. For one run only.
 */
public final class RemoteSchemaHealer implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(RemoteSchemaHealer.class);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final MetadataClient metadata;
    private final String name;
    private final int attempts;
    private final Duration firstPause;

    /**
     * Nothing is asked yet.
     *
     * @param name the remote schema's name in the metadata
     * @param attempts how often to ask at most
     * @param firstPause the pause after the first attempt; it doubles up to a minute
     */
    public RemoteSchemaHealer(MetadataClient metadata, String name, int attempts, Duration firstPause) {
        this.metadata = metadata;
        this.name = name;
        this.attempts = attempts;
        this.firstPause = firstPause;
    }

    /** Asks until the engine has the schema; returns early when the thread is interrupted. */
    @Override
    public void run() {
        Duration pause = firstPause;
        for (int attempt = 1; attempt <= attempts; attempt++) {
            try {
                if (heal()) {
                    return;
                }
            } catch (HasuraException e) {
                log.debug("Cannot ask the engine for its remote schema '{}' yet: {}", name, e.getMessage());
            }
            try {
                TimeUnit.NANOSECONDS.sleep(attempt == attempts ? 0 : pause.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
        }
        log.warn(
                "The engine does not have the remote schema '{}' after {} attempts. Is it in the metadata, and can the engine reach this application?",
                name,
                attempts);
    }

    /** Whether the engine has it now. */
    private boolean heal() {
        if (metadata.inconsistencies().stream().noneMatch(this::isIt)) {
            return true;
        }
        if (metadata.reload(Reload.ofRemoteSchemas(name)).stream().anyMatch(this::isIt)) {
            return false;
        }
        log.info("The engine has looked at the remote schema '{}' again and has it now", name);
        return true;
    }

    private boolean isIt(InconsistentObject object) {
        String shown = object.name() == null ? "" : object.name();
        return "remote_schema".equals(object.type())
                && (shown.equals(name) || shown.equals("remote_schema " + name) || shown.endsWith(" " + name));
    }
}
