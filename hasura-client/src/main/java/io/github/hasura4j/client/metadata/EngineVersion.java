package io.github.hasura4j.client.metadata;

import org.jspecify.annotations.Nullable;

/**
 * Which engine it is.
 *
 * @param version such as {@code v2.48.1}; builds that are no release have other texts
 * @param serverType {@code ce} or {@code ee}; {@code null} where an older engine does not say
 */
public record EngineVersion(String version, @Nullable String serverType) {}
