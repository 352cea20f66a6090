package io.github.hasura4j.example;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/** The example as a newcomer starts it, except for the ports. */
@ExtendWith(OutputCaptureExtension.class)
class LocalExampleTests {

    @Test
    void answersWhatItSaysToTry(CapturedOutput output) {
        int port = TestSocketUtils.findAvailableTcpPort();

        try (var running = SpringApplication.from(ExampleApplication::main)
                .with(LocalEngine.class)
                .withAdditionalProfiles("local")
                .run("--server.port=0", "--local.hasura.port=" + port)
                .getApplicationContext()) {
            assertThat(running.isRunning()).isTrue();
            assertThat(output).contains("curl -s http://localhost:" + port + "/v1/graphql");
            assertThat(Engine.at(port).send("{ hello }")).isEqualTo("{\"data\":{\"hello\":\"Hello World\"}}");
        }
    }
}
