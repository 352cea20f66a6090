package io.github.hasura4j.spring.client;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

import io.github.hasura4j.client.ClientOperation;
import io.github.hasura4j.client.ClientResponse;
import io.github.hasura4j.client.GraphQlError;
import io.github.hasura4j.client.HasuraTransportException;
import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import org.jspecify.annotations.Nullable;

/**
 * How calls of a client are named in metrics and traces. A bean of this type takes the place of what is said here; override what
 * is to be different.
 *
 * <p>The keys with few values, which become the tags of a metric:
 *
 * <table>
 * <caption>Low-cardinality keys</caption>
 * <tr><td>{@code client}</td><td>the client's name</td></tr>
 * <tr><td>{@code operation}</td><td>the operation's name, or {@code none}</td></tr>
 * <tr><td>{@code kind}</td><td>{@code query}, {@code mutation}, {@code subscription}</td></tr>
 * <tr><td>{@code role}</td><td>the role that the client acts as, or {@code none} for the administrator's or the token's</td></tr>
 * <tr><td>{@code outcome}</td><td>{@code SUCCESS}, {@code ERROR} for an answer with errors, {@code FAILURE} for none at all</td></tr>
 * <tr><td>{@code code}</td><td>the first error's code, or why there is no answer ({@code timeout}, {@code connect}, …);
 *     {@code none} for neither</td></tr>
 * </table>
 */
public interface HasuraClientObservationConvention extends ObservationConvention<HasuraClientObservationContext> {

    @Override
    default boolean supportsContext(Observation.Context context) {
        return context instanceof HasuraClientObservationContext;
    }

    @Override
    default String getName() {
        return "hasura.client.operation";
    }

    @Override
    default @Nullable String getContextualName(HasuraClientObservationContext context) {
        ClientOperation operation = context.operation();
        return kind(operation) + operation.name().map(name -> " " + name).orElse("");
    }

    @Override
    default KeyValues getLowCardinalityKeyValues(HasuraClientObservationContext context) {
        ClientOperation operation = context.operation();
        return KeyValues.of(
                KeyValue.of("client", context.client()),
                KeyValue.of("operation", operation.name().orElse(KeyValue.NONE_VALUE)),
                KeyValue.of("kind", kind(operation)),
                KeyValue.of("role", operation.role().orElse(KeyValue.NONE_VALUE)),
                KeyValue.of("outcome", Outcomes.outcome(context)),
                KeyValue.of("code", Outcomes.code(context)));
    }

    @Override
    default KeyValues getHighCardinalityKeyValues(HasuraClientObservationContext context) {
        ClientResponse response = context.getResponse();
        return response == null
                ? KeyValues.empty()
                : KeyValues.of("attempts", String.valueOf(response.attempts()))
                        .and(response.headers()
                                .firstValue("x-request-id")
                                .map(id -> List.of(KeyValue.of("request.id", id)))
                                .orElse(List.of()));
    }

    private static String kind(ClientOperation operation) {
        return operation.kind().name().toLowerCase(Locale.ROOT);
    }
}

/** How a call ended, in few words. */
final class Outcomes {

    /** An action's handler may choose anything for a code; what looks like text or an id is none. */
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,63}");

    private Outcomes() {}

    static String outcome(HasuraClientObservationContext context) {
        ClientResponse response = context.getResponse();
        if (response != null) {
            return response.hasErrors() ? "ERROR" : "SUCCESS";
        }
        return context.getError() == null ? "UNKNOWN" : "FAILURE";
    }

    static String code(HasuraClientObservationContext context) {
        ClientResponse response = context.getResponse();
        if (response != null) {
            return response.hasErrors() ? code(response.errors().get(0)) : KeyValue.NONE_VALUE;
        }
        Throwable error = context.getError();
        if (error instanceof HasuraTransportException transport) {
            return transport.reason().name().toLowerCase(Locale.ROOT);
        }
        if (error instanceof CancellationException) {
            return "cancelled";
        }
        return error == null ? KeyValue.NONE_VALUE : error.getClass().getSimpleName();
    }

    private static String code(GraphQlError error) {
        String code = error.code();
        return code == null ? KeyValue.NONE_VALUE : CODE.matcher(code).matches() ? code : "other";
    }
}
