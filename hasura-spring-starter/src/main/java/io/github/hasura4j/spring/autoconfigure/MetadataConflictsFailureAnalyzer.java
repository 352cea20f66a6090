package io.github.hasura4j.spring.autoconfigure;

import java.util.stream.Collectors;

import io.github.hasura4j.spring.metadata.MetadataConflictsException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lists what is in the way. */
final class MetadataConflictsFailureAnalyzer extends AbstractFailureAnalyzer<MetadataConflictsException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MetadataConflictsException cause) {
        String conflicts =
                cause.conflicts().stream().map(conflict -> "    " + conflict).collect(Collectors.joining("\n"));
        return new FailureAnalysis(
                "Hasura's metadata cannot be made what the handlers want; nothing was written:\n\n" + conflicts,
                "Rename what clashes, take over entries without a mark with hasura.metadata.adopt=true, or leave them alone with hasura.metadata.on-mismatch=warn.",
                cause);
    }
}
