package io.github.hasura4j.spring.client;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.client.ClientOperation;
import io.github.hasura4j.client.ClientResponse;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.RequestReplySenderContext;

/** One call of a client, for those who observe it; its carrier is the headers that are sent along, such as {@code traceparent}. */
public final class HasuraClientObservationContext
        extends RequestReplySenderContext<Map<String, String>, ClientResponse> {

    private final String client;
    private final ClientOperation operation;

    HasuraClientObservationContext(String client, ClientOperation operation) {
        super(
                (carrier, name, value) -> {
                    if (carrier != null) {
                        carrier.put(name, value);
                    }
                },
                Kind.CLIENT);
        this.client = client;
        this.operation = operation;
        setCarrier(new LinkedHashMap<>());
        setRemoteServiceName("hasura");
    }

    /** Which client; {@link HasuraClientCustomizer#DEFAULT_CLIENT} unless there are several. */
    public String client() {
        return client;
    }

    /** What is called; {@link #getResponse()} has what came back, once it has. */
    public ClientOperation operation() {
        return operation;
    }
}
