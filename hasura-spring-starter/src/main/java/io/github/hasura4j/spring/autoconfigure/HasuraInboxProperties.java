package io.github.hasura4j.spring.autoconfigure;

import java.time.Duration;

import io.github.hasura4j.spring.delivery.InboxSettings;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where handlers that are idempotent or keep order remember what they did.
 *
 * @param store Where marks are kept. The database if there is one data source, else nowhere.
 * @param initializeSchema Whether to create the tables that are not there at start-up.
 * @param retention How long marks are kept, so that a repeat after that runs again, and the keys of an order after their last use.
 * @param cleanupInterval How often old marks and keys are looked for.
 * @param cleanupBatch How many of them are deleted at once.
 * @param maxAnswerSize Largest answer of an action that is recorded for repeats, in characters of JSON.
 * @param maxEntries How many marks the store in memory keeps.
 */
@ConfigurationProperties("hasura.inbox")
public record HasuraInboxProperties(
        @Nullable Store store,
        @DefaultValue("false") boolean initializeSchema,
        @DefaultValue("7d") Duration retention,
        @DefaultValue("1m") Duration cleanupInterval,
        @DefaultValue("500") int cleanupBatch,
        @DefaultValue("64KB") DataSize maxAnswerSize,
        @DefaultValue("100000") int maxEntries) {

    InboxSettings settings() {
        return new InboxSettings(
                retention, cleanupInterval, cleanupBatch, (int) Math.min(Integer.MAX_VALUE, maxAnswerSize.toBytes()));
    }

    /** Where marks are kept. */
    public enum Store {
        /** In the database, for any number of instances. */
        JDBC,
        /** In memory, for one instance and until it ends. */
        MEMORY
    }
}
