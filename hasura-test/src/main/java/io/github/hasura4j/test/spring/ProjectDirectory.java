package io.github.hasura4j.test.spring;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.hasura4j.test.LocalHasuraException;

/** Finds the Hasura project of a test: builds run in the module's directory, IDEs in the root of the checkout too. */
final class ProjectDirectory {

    private ProjectDirectory() {}

    /**
     * @param given as the annotation has it; empty to look for one
     * @param working where to begin
     * @throws LocalHasuraException if there is none
     */
    static Path find(String given, Path working) {
        Path begin = working.toAbsolutePath().normalize();
        for (Path each = begin; each != null; each = each.getParent()) {
            Path named = each.resolve(given.isEmpty() ? "hasura" : given);
            if (isProject(named)) {
                return named.normalize();
            }
            if (given.isEmpty() && isProject(each)) {
                return each;
            }
        }
        throw new LocalHasuraException(
                given.isEmpty()
                        ? "No Hasura project: there is no directory 'hasura' with config.yaml and metadata in '%s' or above. Name it: @AutoConfigureLocalHasura(project = \"…\")"
                                .formatted(begin)
                        : "No Hasura project: there is no config.yaml and metadata in '%s', looked for in '%s' and above"
                                .formatted(given, begin),
                null);
    }

    private static boolean isProject(Path directory) {
        return Files.isRegularFile(directory.resolve("config.yaml"))
                && Files.isDirectory(directory.resolve("metadata"));
    }
}
