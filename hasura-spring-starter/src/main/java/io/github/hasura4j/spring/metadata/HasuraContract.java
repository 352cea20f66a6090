package io.github.hasura4j.spring.metadata;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import io.github.hasura4j.client.HasuraClient;
import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.client.project.Metadata;
import io.github.hasura4j.spring.dispatch.HandlerRegistry;
import org.springframework.beans.factory.BeanFactory;

/**
 * Whether handlers and metadata agree.
 *
 * <pre>{@code
 * HasuraContract.of(context).against(Path.of("hasura")).assertInSync();
 * }</pre>
 *
 * <p>What code does not say is not compared. Reading a directory needs {@code snakeyaml-engine} on the class path. Immutable.
 */
public final class HasuraContract {

    private final HandlerMetadata handlers;

    private HasuraContract(HandlerMetadata handlers) {
        this.handlers = handlers;
    }

    /**
     * The handlers of an application, such as the {@code ApplicationContext} of a test.
     *
     * @throws io.github.hasura4j.spring.dispatch.InvalidHandlerException if the engine cannot express one of them
     */
    public static HasuraContract of(BeanFactory context) {
        return of(HandlerMetadata.of(context.getBean(HandlerRegistry.class), context.getBean(MetadataSettings.class)));
    }

    /** These handlers. */
    public static HasuraContract of(HandlerMetadata handlers) {
        return new HasuraContract(handlers);
    }

    /** What the handlers want. */
    public HandlerMetadata handlers() {
        return handlers;
    }

    /**
     * Compares with a project directory.
     *
     * @param directory the folder that holds {@code config.yaml}
     * @throws io.github.hasura4j.client.project.HasuraProjectException if it cannot be read
     */
    public Comparison against(Path directory) {
        return compare(HasuraProject.read(directory).metadata(), Places.in(directory));
    }

    /** Compares with what an engine has now; needs the admin secret. */
    public Comparison against(HasuraClient engine) {
        return against(Metadata.from(engine.metadata().export().document()));
    }

    /** Compares with metadata of any origin. */
    public Comparison against(Metadata metadata) {
        return compare(metadata, Places.ofTheEngine());
    }

    private Comparison compare(Metadata metadata, Places places) {
        return new Comparison(new ContractCheck(handlers, metadata, places).findings());
    }

    /**
     * What a comparison brought to light.
     *
     * @param findings all differences; empty if there are none
     */
    public record Comparison(List<Finding> findings) {

        public Comparison {
            findings = List.copyOf(findings);
        }

        /**
         * Passes if there is no difference.
         *
         * @throws AssertionError with a line for each difference
         */
        public void assertInSync() {
            if (!findings.isEmpty()) {
                throw new AssertionError(findings.stream()
                        .map(Finding::toString)
                        .collect(Collectors.joining(
                                "\n",
                                "Handlers and metadata differ in %d place(s):\n".formatted(findings.size()),
                                "")));
            }
        }

        /** The differences that break something. */
        public List<Finding> errors() {
            return findings.stream()
                    .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                    .toList();
        }
    }
}
