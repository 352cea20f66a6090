package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of deliveries that fail.
 *
 * @param deadLetters Where deliveries go that were given up.
 */
@ConfigurationProperties("hasura.delivery")
public record HasuraDeliveryProperties(@DefaultValue("log") DeadLetters deadLetters) {

    /** Where deliveries go that were given up. */
    public enum DeadLetters {
        /** A line in the log, without the payload. */
        LOG,
        /** The table hasura_dead_letter, with the payload. */
        JDBC
    }
}
