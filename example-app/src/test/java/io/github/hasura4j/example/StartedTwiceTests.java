package io.github.hasura4j.example;

import java.net.InetAddress;
import java.net.ServerSocket;

import io.github.hasura4j.test.LocalHasuraPortInUseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Something listens already where the engine should. */
@ExtendWith(OutputCaptureExtension.class)
class StartedTwiceTests {

    @Test
    void endsWithASentenceAboutThePort(CapturedOutput output) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> SpringApplication.from(ExampleApplication::main)
                            .with(LocalEngine.class)
                            .withAdditionalProfiles("local")
                            .run("--server.port=0", "--local.hasura.port=" + taken.getLocalPort()))
                    .hasRootCauseInstanceOf(java.net.BindException.class)
                    .hasCauseInstanceOf(LocalHasuraPortInUseException.class);

            assertThat(output)
                    .contains("APPLICATION FAILED TO START")
                    .contains("Port " + taken.getLocalPort() + " is already in use, so the local engine cannot start.")
                    .doesNotContain("\tat ");
        }
    }
}
