package io.github.hasura4j.test.spring;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** What an IDE knows of the properties; written by hand, since nothing is bound from them. */
class ConfigurationMetadataTests {

    @Test
    void describesTheProject() throws Exception {
        URI classes = HasuraTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        JsonNode known = JsonMapper.shared()
                .readTree(Files.readString(Path.of(classes).resolve("META-INF/spring-configuration-metadata.json")));

        assertThat(known.path("properties")).singleElement().satisfies(property -> {
            assertThat(property.path("name").stringValue()).isEqualTo(HasuraTestContextBootstrapper.PROJECT);
            assertThat(property.path("description").stringValue()).endsWith(".");
            assertThat(property.path("sourceType").stringValue()).isEqualTo(HasuraTest.class.getName());
        });
    }
}
