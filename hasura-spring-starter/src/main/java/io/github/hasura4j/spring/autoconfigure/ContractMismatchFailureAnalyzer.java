package io.github.hasura4j.spring.autoconfigure;

import java.util.stream.Collectors;

import io.github.hasura4j.spring.metadata.ContractMismatchException;
import io.github.hasura4j.spring.metadata.Finding;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists the differences; each says itself what to change. */
final class ContractMismatchFailureAnalyzer extends AbstractFailureAnalyzer<ContractMismatchException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ContractMismatchException cause) {
        String findings = cause.findings().stream()
                .map(Finding::toString)
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Handlers and Hasura's metadata differ:\n\n" + findings,
                "Change what the lines say, or start all the same with hasura.metadata.on-mismatch=warn.",
                cause);
    }
}
