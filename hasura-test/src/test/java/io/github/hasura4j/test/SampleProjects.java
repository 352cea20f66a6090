package io.github.hasura4j.test;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/** Where the projects are that tests run on. */
final class SampleProjects {

    private SampleProjects() {}

    /** Our own, which uses nearly every key there is. */
    static Path kitchenSink() {
        return Path.of("../hasura-client/src/test/resources/projects/kitchen-sink");
    }

    /** Other people's, which lie beside the checkout or the test is skipped. */
    static Path ofOthers(String name) {
        Path samples = Path.of("../../shared/contract/metadata-samples");
        Assumptions.assumeTrue(
                Files.isDirectory(samples), "the samples of other people are not beside this checkout: skipped");
        return samples.resolve(name);
    }
}
