package io.github.hasura4j.spring.autoconfigure;

import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/** What the properties say. */
final class PropertiesHasuraConnectionDetails implements HasuraConnectionDetails {

    private final HasuraClientProperties properties;

    PropertiesHasuraConnectionDetails(HasuraClientProperties properties) {
        this.properties = properties;
    }

    @Override
    public URI endpoint() {
        return Objects.requireNonNull(properties.endpoint());
    }

    @Override
    public @Nullable String adminSecret() {
        return properties.adminSecret();
    }
}
