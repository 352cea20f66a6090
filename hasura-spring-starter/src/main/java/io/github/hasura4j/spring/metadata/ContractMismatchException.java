package io.github.hasura4j.spring.metadata;

import java.util.List;
import java.util.stream.Collectors;

import io.github.hasura4j.spring.HasuraWebhookException;

/** Handlers and metadata differ, and {@code hasura.metadata.on-mismatch} says that the application does not start then. */
public final class ContractMismatchException extends HasuraWebhookException {

    private final transient List<Finding> findings;

    /** @param findings the differences */
    public ContractMismatchException(List<Finding> findings) {
        super(
                "Handlers and metadata differ in %d place(s):\n%s"
                        .formatted(
                                findings.size(),
                                findings.stream().map(Finding::toString).collect(Collectors.joining("\n"))),
                null);
        this.findings = List.copyOf(findings);
    }

    /** The differences. */
    public List<Finding> findings() {
        return findings;
    }
}
