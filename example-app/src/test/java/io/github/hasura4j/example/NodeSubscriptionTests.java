package io.github.hasura4j.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

import static org.junit.jupiter.api.Assumptions.abort;

/** Our client against the npm package {@code graphql-ws}, where Node is installed and npm can get the package; skipped elsewhere. */
class NodeSubscriptionTests extends SubscriptionContract {

    private static final Path DIRECTORY = Path.of("target", "graphql-ws");

    private static Process server;
    private static int port;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Files.createDirectories(DIRECTORY);
        for (String file : new String[] {"events.graphqls", "package.json", "server.js"}) {
            try (InputStream in = NodeSubscriptionTests.class.getResourceAsStream("/subscriptions/" + file)) {
                Files.copy(in, DIRECTORY.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        requires("Node is not installed", "node", "--version");
        if (!Files.exists(DIRECTORY.resolve("node_modules/graphql-ws"))) {
            requires("npm cannot get the package graphql-ws", "npm", "install", "--no-audit", "--no-fund");
        }
        server = new ProcessBuilder("node", "server.js")
                .directory(DIRECTORY.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader out = server.inputReader(StandardCharsets.UTF_8);
        port = Integer.parseInt(out.readLine());
    }

    private static void requires(String otherwise, String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .directory(DIRECTORY.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                abort("Skipped: " + otherwise + " in time");
            }
            if (process.exitValue() != 0) {
                abort("Skipped: " + otherwise);
            }
        } catch (IOException e) {
            abort("Skipped: " + otherwise);
        }
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (server != null) {
            server.destroy();
            server.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Override
    int port() {
        return port;
    }
}
