package io.github.hasura4j.test;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Objects;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract, against a real engine that is to be thrown away. {@code HASURA_URL} is its base URL, {@code HASURA_ADMIN_SECRET} its
 * admin secret, {@code HASURA_HANDLER_HOST} this machine as the engine sees it, {@code host.docker.internal} if left out.
 */
@EnabledIfEnvironmentVariable(
        named = "HASURA_URL",
        matches = "https?://.+",
        disabledReason = "HASURA_URL is not set to the base URL of a real engine that may be changed")
class RealEngineContractTests extends EngineContract {

    @Override
    Place place() {
        StubHandler handler = new StubHandler(new InetSocketAddress(0));
        String host = Objects.requireNonNullElse(System.getenv("HASURA_HANDLER_HOST"), "host.docker.internal");
        return new Place(
                URI.create(System.getenv("HASURA_URL")),
                Objects.requireNonNullElse(System.getenv("HASURA_ADMIN_SECRET"), ""),
                handler,
                "http://" + host + ":" + handler.port());
    }
}
