package io.github.hasura4j.spring.client;

import java.time.Duration;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.metadata.MetadataClient;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Says whether the engine of a client is well, by its {@code /healthz}, without credentials. An engine that has inconsistent
 * metadata is up, since it serves, and the details say so.
 */
public final class HasuraHealthIndicator extends AbstractHealthIndicator {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MetadataClient metadata;

    /** An indicator for the engine that this client asks. */
    public HasuraHealthIndicator(HasuraClient client) {
        super("The health of Hasura cannot be told");
        this.metadata = client.metadata().withTimeout(PATIENCE);
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        switch (metadata.health()) {
            case OK -> builder.up();
            case INCONSISTENT -> builder.up().withDetail("metadata", "inconsistent");
            case ERROR -> builder.down().withDetail("reason", "The engine cannot reach the database of its metadata");
        }
    }
}
