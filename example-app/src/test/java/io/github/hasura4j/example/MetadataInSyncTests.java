package io.github.hasura4j.example;

import java.nio.file.Path;

import io.github.hasura4j.spring.metadata.HasuraContract;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;

/** The example's metadata says what its handlers do. Needs no engine. */
// tag::in-sync[]
@SpringBootTest(
        webEnvironment = WebEnvironment.MOCK,
        properties = {
            "hasura.webhook.secret=any",
            "hasura.jwt.secret={\"type\": \"HS256\", \"key\": \"0123456789abcdef0123456789abcdef\"}"
        })
class MetadataInSyncTests {

    @Test
    void handlersAndMetadataAgree(@Autowired ApplicationContext context) {
        HasuraContract.of(context).against(Path.of("hasura")).assertInSync();
    }
}
// end::in-sync[]
