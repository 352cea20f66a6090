package io.github.hasura4j.test.container;

import java.net.URI;

import io.github.hasura4j.spring.autoconfigure.HasuraConnectionDetails;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionDetailsFactory;
import org.springframework.boot.testcontainers.service.connection.ContainerConnectionSource;
import org.testcontainers.containers.Container;

/**
 * The engine of a container with {@code @ServiceConnection}: a {@link HasuraContainer}, or any other whose image, or the
 * annotation's name, is {@code hasura/graphql-engine}.
 */
final class HasuraContainerConnectionDetailsFactory
        extends ContainerConnectionDetailsFactory<Container<?>, HasuraConnectionDetails> {

    private static final int PORT = 8080;

    HasuraContainerConnectionDetailsFactory() {
        super(ANY_CONNECTION_NAME, "io.github.hasura4j.client.HasuraClient");
    }

    /** The image of a bean is not known before there is one, so that its type has to do. */
    @Override
    protected boolean sourceAccepts(
            ContainerConnectionSource<Container<?>> source, Class<?> containerType, Class<?> detailsType) {
        return source.accepts(ANY_CONNECTION_NAME, HasuraContainer.class, detailsType)
                || source.accepts("hasura/graphql-engine", containerType, detailsType);
    }

    @Override
    protected HasuraConnectionDetails getContainerConnectionDetails(ContainerConnectionSource<Container<?>> source) {
        return new Details(source);
    }

    private static final class Details extends ContainerConnectionDetails<Container<?>>
            implements HasuraConnectionDetails {

        private Details(ContainerConnectionSource<Container<?>> source) {
            super(source);
        }

        @Override
        public URI endpoint() {
            return URI.create(
                    "http://" + getContainer().getHost() + ":" + getContainer().getMappedPort(PORT));
        }

        @Override
        public @Nullable String adminSecret() {
            return getContainer().getEnvMap().get(HasuraContainer.ADMIN_SECRET);
        }
    }
}
