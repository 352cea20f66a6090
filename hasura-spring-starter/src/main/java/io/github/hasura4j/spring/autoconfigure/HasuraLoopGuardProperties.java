package io.github.hasura4j.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Event handlers that set each other off.
 *
 * @param maxHops How many event handlers in a row may lead to another one, such as 8; unlimited if left out.
 */
@ConfigurationProperties("hasura.loop-guard")
record HasuraLoopGuardProperties(@Nullable Integer maxHops) {}
