package io.github.hasura4j.client.project;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Native queries and the types of their rows. */
class NativeQueryMetadataTests {

    private static SourceMetadata source(String json) {
        return SourceMetadata.from(JsonMapper.shared().readTree(json));
    }

    @Test
    void areReadWithTheirArguments() {
        assertThat(source("""
                        {"name": "default", "native_queries": [{"root_field_name": "totals", "returns": "total",
                          "code": "SELECT {{at_least}} AS n", "arguments": {"at_least": {"type": "integer", "nullable": false}}}]}""").nativeQueries()).singleElement().satisfies(query -> {
            assertThat(query.rootField()).isEqualTo("totals");
            assertThat(query.returns()).isEqualTo("total");
            assertThat(query.arguments())
                    .containsExactly(new NativeQueryMetadata.Argument("at_least", "integer", false, null));
        });
    }

    @Test
    void haveLogicalModelsOfScalarsAndOfEachOther() {
        assertThat(source("""
                        {"name": "default", "logical_models": [{"name": "total", "fields": [
                          {"name": "n", "type": {"scalar": "integer", "nullable": true}},
                          {"name": "tags", "type": {"array": {"scalar": "text"}, "nullable": false}},
                          {"name": "inner", "type": {"logical_model": "other"}}]}]}""").logicalModels())
                .singleElement()
                .satisfies(model -> assertThat(model.fields())
                        .containsExactly(
                                new LogicalModelMetadata.Field("n", "integer", true, false),
                                new LogicalModelMetadata.Field("tags", "text", false, true),
                                new LogicalModelMetadata.Field("inner", null, false, false)));
    }
}
