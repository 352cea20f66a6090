package io.github.hasura4j.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of deliveries while the application ends.
 *
 * @param drain Whether running deliveries finish, and new ones are asked to come again, before the web server stops.
 */
@ConfigurationProperties("hasura.shutdown")
public record HasuraShutdownProperties(@DefaultValue("true") boolean drain) {}
