package io.github.hasura4j.spring.metadata;

import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/hasura}: the handlers, and whether the metadata agrees with them at the moment. */
@Endpoint(id = "hasura")
public final class HasuraEndpoint {

    private final HandlerRegistry handlers;
    private final @Nullable Supplier<List<Finding>> check;

    /**
     * Nothing is looked at yet.
     *
     * @param handlers the handlers
     * @param check compares them with the metadata; null where that is turned off
     */
    public HasuraEndpoint(HandlerRegistry handlers, @Nullable Supplier<List<Finding>> check) {
        this.handlers = handlers;
        this.check = check;
    }

    /** What there is to say now. */
    @ReadOperation
    public Description describe() {
        List<HandlerDescription> described = handlers.handlers().stream()
                .map(handler ->
                        new HandlerDescription(handler.kind().toString(), handler.name(), Finding.code(handler)))
                .sorted(Comparator.comparing(HandlerDescription::kind).thenComparing(HandlerDescription::name))
                .toList();
        if (check == null) {
            return new Description(described, new ContractDescription(ContractState.NOT_CHECKED, List.of()));
        }
        List<Finding> findings = check.get();
        ContractState state = findings.isEmpty() ? ContractState.IN_SYNC : ContractState.DIFFERENT;
        return new Description(described, new ContractDescription(state, findings));
    }

    /**
     * All of it.
     *
     * @param handlers the handlers
     * @param contract how they stand to the metadata
     */
    public record Description(List<HandlerDescription> handlers, ContractDescription contract) {}

    /**
     * A handler.
     *
     * @param kind what it is for, in the engine's words
     * @param name the action, trigger or validation
     * @param code where it is
     */
    public record HandlerDescription(String kind, String name, String code) {}

    /**
     * How handlers stand to the metadata.
     *
     * @param state in one word
     * @param findings the differences
     */
    public record ContractDescription(ContractState state, List<Finding> findings) {}

    /** How handlers stand to the metadata. */
    public enum ContractState {
        /** {@code hasura.metadata.mode} is off. */
        NOT_CHECKED,
        /** There is no difference. */
        IN_SYNC,
        /** There are differences. */
        DIFFERENT
    }
}
