package io.github.hasura4j.payload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * What the engine posts to ask who a client is, in the auth hook's POST mode ({@code webhooks.md} 4).
 *
 * <p>{@code toString()} leaves the headers, which hold credentials, and the requests out.
 *
 * @param headers all headers of the client, unfiltered, with the client's spelling: look them up with {@link #header}
 * @param requests the client's operations: one, several for a batch, empty on a WebSocket's start, for metadata calls and
 *     where the engine does not send them; never null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuthHookPayload(
        @JsonProperty("headers") Map<String, String> headers,

        @JsonProperty("request")
        @JsonFormat(
                with = {
                    JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                    JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED
                })
        List<GraphQlRequest> requests) {

    public AuthHookPayload {
        headers = headers == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        requests = requests == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(requests));
    }

    /** The value of a header, whatever the case of its name, or null if the client did not send it. */
    public @Nullable String header(String name) {
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (header.getKey().equalsIgnoreCase(name)) {
                return header.getValue();
            }
        }
        return null;
    }

    @Override
    public String toString() {
        return "AuthHookPayload[headers=" + headers.keySet() + ", requests=" + requests.size() + "]";
    }

    /**
     * One GraphQL operation of the client.
     *
     * @param query the document, null if the client sent none
     * @param variables the variables, null if there are none
     * @param operationName which operation of the document, null if not said
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record GraphQlRequest(
            @JsonProperty("query") @Nullable String query,
            @JsonProperty("variables") @Nullable Map<String, @Nullable Object> variables,
            @JsonProperty("operationName") @Nullable String operationName) {

        public GraphQlRequest {
            variables = variables == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        }

        @Override
        public String toString() {
            return "GraphQlRequest[operationName=" + operationName + "]";
        }
    }
}
