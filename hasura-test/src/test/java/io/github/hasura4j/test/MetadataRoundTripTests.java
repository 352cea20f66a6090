package io.github.hasura4j.test;

import java.nio.file.Path;

import io.github.hasura4j.test.engine.EngineJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole projects load, and what is exported of them can be put back without changing anything. */
class MetadataRoundTripTests {

    private static final String TYPES =
            "{ __schema { queryType { fields { name } } mutationType { fields { name } }" + " types { name kind } } }";

    @Test
    void ourOwn() {
        roundTrip(SampleProjects.kitchenSink());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "developer-portal",
                "hasura-router-example",
                "data-hub-ecommerce",
                "nextjs-hasura-fullstack",
                "learn-graphql-java",
                "learn-graphql-python",
                "learn-graphql-go"
            })
    void thoseOfOthers(String sample) {
        roundTrip(SampleProjects.ofOthers(sample));
    }

    private static void roundTrip(Path project) {
        try (LocalHasura engine = LocalHasura.forProject(project).start()) {
            Requests admin = Requests.to(engine);
            JsonNode exported = metadata(admin, "export_metadata", "{}");
            String types = admin.data(TYPES);
            assertThat(exported.path("sources").path(0).path("tables")).isNotEmpty();

            JsonNode answer = metadata(
                    admin,
                    "replace_metadata",
                    "{\"allow_inconsistent_metadata\": true, \"metadata\": " + exported + "}");

            assertThat(answer.has("is_consistent")).as(answer.toString()).isTrue();
            assertThat(metadata(admin, "export_metadata", "{}")).isEqualTo(exported);
            assertThat(admin.data(TYPES)).isEqualTo(types);
        }
    }

    private static JsonNode metadata(Requests admin, String type, String args) {
        return EngineJson.parse(admin.post("/v1/metadata", "{\"type\": \"" + type + "\", \"args\": " + args + "}")
                .body());
    }
}
