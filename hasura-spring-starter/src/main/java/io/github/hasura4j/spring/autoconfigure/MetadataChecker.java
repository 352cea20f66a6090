package io.github.hasura4j.spring.autoconfigure;

import java.util.List;
import java.util.function.Supplier;

import io.github.hasura4j.client.HasuraException;
import io.github.hasura4j.client.project.HasuraProjectException;
import io.github.hasura4j.spring.autoconfigure.HasuraMetadataProperties.OnMismatch;
import io.github.hasura4j.spring.metadata.ContractMismatchException;
import io.github.hasura4j.spring.metadata.Finding;
import io.github.hasura4j.spring.metadata.HasuraContract.Comparison;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Compares handlers and metadata at start-up, and says what differs or refuses to start. */
final class MetadataChecker implements SmartInitializingSingleton {

    private static final Logger log = LoggerFactory.getLogger(MetadataChecker.class);

    private final @Nullable Supplier<Comparison> comparison;
    private final OnMismatch onMismatch;

    /** @param comparison compares them now; null to leave it */
    MetadataChecker(@Nullable Supplier<Comparison> comparison, OnMismatch onMismatch) {
        this.comparison = comparison;
        this.onMismatch = onMismatch;
    }

    /** Compares them each time it is asked; null where that is turned off. */
    @Nullable
    Supplier<List<Finding>> findings() {
        Supplier<Comparison> each = comparison;
        return each == null ? null : () -> each.get().findings();
    }

    @Override
    public void afterSingletonsInstantiated() {
        if (comparison == null) {
            return;
        }
        Comparison compared;
        try {
            compared = comparison.get();
        } catch (HasuraException | HasuraProjectException e) {
            if (onMismatch == OnMismatch.FAIL) {
                throw e;
            }
            log.warn("Handlers are not compared with Hasura's metadata: {}", e.getMessage());
            return;
        }
        if (onMismatch == OnMismatch.FAIL && !compared.errors().isEmpty()) {
            throw new ContractMismatchException(compared.findings());
        }
        compared.findings().forEach(finding -> log.warn("{}", finding));
        if (compared.findings().isEmpty()) {
            log.info("Handlers and Hasura's metadata agree");
        }
    }
}
