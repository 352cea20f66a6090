package io.github.hasura4j.test.spring;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.test.LocalHasura;
import io.github.hasura4j.test.LocalHasuraException;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * All that makes one engine differ from another.
 *
 * @param project the project directory
 * @param environment the engine's variables
 * @param seeds whether seed files are run
 */
record EngineDescription(Path project, Map<String, String> environment, boolean seeds) {

    /** The application's host for the engine, wherever it is at the moment. */
    static final String APPLICATION = "application";

    static final String ADMIN_SECRET = "HASURA_GRAPHQL_ADMIN_SECRET";
    static final String JWT_SECRET = "HASURA_GRAPHQL_JWT_SECRET";

    /** One for each JVM, so that engines with it can be shared. */
    private static final String RANDOM_SECRET = randomSecret();

    private static final String RANDOM_JWT_SECRET = "{\"type\": \"HS256\", \"key\": \"" + randomSecret() + "\"}";

    private static final Duration SOON = Duration.ofMillis(100);

    EngineDescription {
        environment = Map.copyOf(environment);
    }

    private static String randomSecret() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Works it out of the annotation, the metadata, and the properties of the application. */
    static EngineDescription of(LocalHasuraSettings settings, Environment properties) {
        Path project = ProjectDirectory.find(settings.project(), Path.of(""));
        String header = properties.getProperty("hasura.webhook.header", "X-Webhook-Secret");
        HandlerVariables variables =
                HandlerVariables.of(HasuraProject.read(project).metadataDocument(), header);
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put(ADMIN_SECRET, given(properties, "hasura.client.admin-secret", RANDOM_SECRET));
        if (properties.containsProperty("hasura.jwt.secret")) {
            environment.put(JWT_SECRET, given(properties, "hasura.jwt.secret", RANDOM_JWT_SECRET));
        }
        String base = "http://" + APPLICATION;
        if (settings.handlerVariables().isEmpty()) {
            variables.whole().forEach((name, kind) -> environment.put(name, base + kind.path(properties)));
            variables.bases().forEach(name -> environment.put(name, base));
        } else {
            settings.handlerVariables().forEach(name -> environment.put(name, base));
        }
        variables.secrets().forEach((name, kind) -> environment.put(name, secret(kind, properties)));
        settings.environment().forEach(each -> add(each, properties, environment));
        return new EngineDescription(project, environment, settings.seeds());
    }

    private static String secret(HandlerKind kind, Environment properties) {
        String secret = kind.secret(properties);
        return secret.isEmpty() ? RANDOM_SECRET : secret;
    }

    private static String given(Environment properties, String name, String otherwise) {
        String value = properties.getProperty(name);
        return StringUtils.hasText(value) ? value.strip() : otherwise;
    }

    private static void add(String assignment, Environment properties, Map<String, String> environment) {
        int equals = assignment.indexOf('=');
        if (equals < 1) {
            throw new LocalHasuraException(
                    "@AutoConfigureLocalHasura has an element of 'environment' that is not NAME=value", null);
        }
        environment.put(
                assignment.substring(0, equals).strip(),
                properties.resolveRequiredPlaceholders(assignment.substring(equals + 1)));
    }

    /** The properties that make the application use this engine. */
    Map<String, Object> properties(Environment properties, LocalHasura engine) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("hasura.client.endpoint", engine.url().toString());
        values.put("hasura.client.admin-secret", environment.getOrDefault(ADMIN_SECRET, ""));
        if (HandlerKind.ACTION.secret(properties).isEmpty()) {
            values.put("hasura.webhook.secret", RANDOM_SECRET);
        }
        if (environment.containsKey(JWT_SECRET)) {
            values.put("hasura.jwt.secret", environment.get(JWT_SECRET));
        }
        return values;
    }

    LocalHasura start() {
        LocalHasura.Builder builder = LocalHasura.forProject(project)
                .eventsInterval(SOON)
                .asyncActionsInterval(SOON)
                .schedulesInterval(Duration.ofSeconds(1));
        environment.forEach(builder::environment);
        if (seeds) {
            builder.seeds();
        }
        return builder.start();
    }

    /** Leaves values out. */
    @Override
    public String toString() {
        return "EngineDescription[" + project + ", " + environment.keySet() + "]";
    }
}
