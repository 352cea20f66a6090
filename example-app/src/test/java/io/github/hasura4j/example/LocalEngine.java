package io.github.hasura4j.example;

import java.nio.file.Files;
import java.nio.file.Path;

import io.github.hasura4j.test.LocalHasura;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.env.Environment;

/** Runs the local engine beside the application: from when its web server listens until just before it stops. */
@TestConfiguration(proxyBeanMethods = false)
class LocalEngine implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(LocalEngine.class);

    private final Environment properties;
    private @Nullable LocalHasura engine;

    LocalEngine(Environment properties) {
        this.properties = properties;
    }

    @Override
    public void start() {
        engine = LocalHasura.forProject(project())
                .port(properties.getRequiredProperty("local.hasura.port", Integer.class))
                .adminSecret(properties.getRequiredProperty("hasura.client.admin-secret"))
                .jwtSecret(properties.getRequiredProperty("hasura.jwt.secret"))
                .unauthorizedRole("anonymous")
                .environment("HANDLER_URL", "http://localhost:" + properties.getRequiredProperty("local.server.port"))
                .environment("WEBHOOK_SECRET", properties.getRequiredProperty("hasura.webhook.secret"))
                .start();
        log.info("""
                Ready. Paste these into another terminal:

                  curl -s {engine}/v1/graphql -d '{"query": "{ hello }"}'

                  curl -s {engine}/v1/graphql -d '{"query": "mutation { login(username: \\"username\\", password: \\"password\\") { AccessToken } }"}'

                  curl -s {engine}/v1/graphql -H 'x-hasura-admin-secret: local-admin-secret' \\
                    -d '{"query": "mutation { insert_user_one(object: {name: \\"Ada\\"}) { id name } }"}'

                  TOKEN=$(curl -s {engine}/v1/graphql -d '{"query": "mutation { login(username: \\"username\\", password: \\"password\\") { AccessToken } }"}' | sed 's/.*"AccessToken":"\\([^"]*\\)".*/\\1/')
                  curl -s {engine}/v1/graphql -H "Authorization: Bearer $TOKEN" -d '{"query": "{ user { id name } }"}'

                Ctrl-C stops everything, the database too.""".replace("{engine}", engine.url().toString()));
    }

    @Override
    public void stop() {
        if (engine != null) {
            engine.close();
            engine = null;
        }
    }

    @Override
    public boolean isRunning() {
        return engine != null;
    }

    /** The project of the example, from the root of the checkout as well as from the module. */
    private static Path project() {
        Path fromModule = Path.of("hasura");
        return Files.isDirectory(fromModule) ? fromModule : Path.of("example-app", "hasura");
    }
}
