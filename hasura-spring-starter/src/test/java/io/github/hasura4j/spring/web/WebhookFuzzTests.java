package io.github.hasura4j.spring.web;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.hasura4j.payload.ActionPayload;
import io.github.hasura4j.payload.AuthHookPayload;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.payload.ScheduledPayload;
import io.github.hasura4j.payload.ValidationPayload;
import io.github.hasura4j.spring.AuthHookResult;
import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.HasuraAuthHook;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.HasuraScheduled;
import io.github.hasura4j.spring.HasuraValidation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests of real engines, damaged at random. Whatever comes is answered, in JSON, and damage is never taken for a fault of
 * ours. The seeds are fixed: what fails once fails again.
 */
@SpringBootTest(
        classes = WebhookFuzzTests.Application.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"hasura.webhook.secret=fuzz-secret", "hasura.webhook.auth-hook.secret=hook-secret"})
class WebhookFuzzTests {

    private static final Path FIXTURES = Path.of("../hasura-payloads/src/test/resources/contract/fixtures");
    private static final int MUTANTS_OF_EACH = 12;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "action, /hasura/actions/anything",
        "event, /hasura/events/anything",
        "action, /hasura/actions/typed",
        "event, /hasura/events/typed",
        "scheduled, /hasura/scheduled/anything",
        "scheduled, /hasura/scheduled/typed",
        "validate-input, /hasura/validations/anything",
        "validate-input, /hasura/validations/typed",
        "auth-hook-post, /hasura/auth-hook/hook-secret"
    })
    void damagedRequestsAreAnsweredAndNeverOurFault(String kind, String path) throws Exception {
        List<byte[]> bodies = bodies(kind);
        assertThat(bodies).hasSizeGreaterThan(5);
        Random random = new Random(20261122);
        for (byte[] body : bodies) {
            for (int i = 0; i < MUTANTS_OF_EACH; i++) {
                byte[] mutant = i == 0 ? body : mutate(body, bodies, random);
                HttpResponse<String> answer = send(path, mutant);
                String shown = new String(mutant, StandardCharsets.UTF_8);
                assertThat(answer.statusCode()).as(shown).isIn(200, kind.startsWith("auth") ? 401 : 400, 413);
                assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
                assertThat(answer.body()).as(shown).isNotEmpty().doesNotContain("\tat ");
                JsonNode json = parse(answer.body());
                assertThat(json.isMissingNode()).as(shown).isFalse();
                if (answer.statusCode() != 200) {
                    assertThat(json.path("message").asString()).as(shown).isNotBlank();
                }
            }
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw new AssertionError("Not JSON: " + body, e);
        }
    }

    private static byte[] mutate(byte[] body, List<byte[]> others, Random random) {
        byte[] mutant = body.clone();
        int times = 1 + random.nextInt(4);
        for (int i = 0; i < times && mutant.length > 2; i++) {
            int at = random.nextInt(mutant.length);
            switch (random.nextInt(8)) {
                case 0 -> mutant[at] = (byte) random.nextInt(256);
                case 1 -> mutant[at] = (byte) "{}[]\",:0-.e\\".charAt(random.nextInt(12));
                case 2 -> mutant = cut(mutant, at, Math.min(mutant.length, at + 1 + random.nextInt(20)));
                case 3 -> mutant = cut(mutant, at, mutant.length);
                case 4 -> mutant = insert(mutant, at, slice(mutant, random));
                case 5 -> mutant = insert(mutant, at, slice(others.get(random.nextInt(others.size())), random));
                case 6 ->
                    mutant = insert(
                            mutant, at, "[".repeat(1 + random.nextInt(3000)).getBytes(StandardCharsets.UTF_8));
                default -> mutant = replaceAValue(mutant, random);
            }
        }
        return mutant;
    }

    /** Puts something of another type where a value stood. */
    private static byte[] replaceAValue(byte[] body, Random random) {
        String text = new String(body, StandardCharsets.ISO_8859_1);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        int end = colon < 0 ? -1 : text.indexOf(',', colon);
        if (end < 0) {
            return body;
        }
        List<String> values = List.of(
                "null", "true", "[]", "{}", "\"\"", "-0", "1e400", "9".repeat(400), "\"\\ud800\"", "\"\\u0000\"");
        return (text.substring(0, colon + 1) + values.get(random.nextInt(values.size())) + text.substring(end))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] slice(byte[] from, Random random) {
        int begin = random.nextInt(from.length);
        return java.util.Arrays.copyOfRange(from, begin, Math.min(from.length, begin + 1 + random.nextInt(60)));
    }

    private static byte[] cut(byte[] from, int begin, int end) {
        byte[] rest = new byte[from.length - (end - begin)];
        System.arraycopy(from, 0, rest, 0, begin);
        System.arraycopy(from, end, rest, begin, from.length - end);
        return rest;
    }

    private static byte[] insert(byte[] into, int at, byte[] what) {
        byte[] more = new byte[into.length + what.length];
        System.arraycopy(into, 0, more, 0, at);
        System.arraycopy(what, 0, more, at, what.length);
        System.arraycopy(into, at, more, at + what.length, into.length - at);
        return more;
    }

    private HttpResponse<String> send(String path, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json")
                .header("X-Webhook-Secret", "fuzz-secret")
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static List<byte[]> bodies(String kind) throws IOException {
        List<byte[]> bodies = new ArrayList<>();
        try (Stream<Path> files = Files.list(FIXTURES)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                JsonNode fixture = JsonMapper.shared().readTree(Files.readString(file));
                if (fixture.path("kind").asString().equals(kind)) {
                    bodies.add(fixture.path("request").path("body").toString().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return bodies;
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(Handlers.class)
    static class Application {}

    record Typed(Long id, String name, List<String> tags, Map<String, Object> meta) {}

    static class Handlers {

        @HasuraAction("anything")
        Object anyAction(ActionPayload<Map<String, Object>> payload) {
            return payload.input();
        }

        @HasuraAction("typed")
        Typed typedAction(ActionPayload<Typed> payload) {
            return payload.input();
        }

        @HasuraEvent("anything")
        void anyEvent(EventPayload<Object, Object> event) {}

        @HasuraEvent("typed")
        void typedEvent(EventPayload<Typed, Typed> event) {}

        @HasuraScheduled("anything")
        void anySchedule(ScheduledPayload<?> due) {}

        @HasuraScheduled("typed")
        void typedSchedule(ScheduledPayload<Typed> due) {}

        @HasuraValidation("anything")
        void anyValidation(ValidationPayload<Object> validation) {}

        @HasuraValidation("typed")
        void typedValidation(List<Typed> rows) {}

        @HasuraAuthHook
        AuthHookResult who(AuthHookPayload payload) {
            return AuthHookResult.ofRole("anybody");
        }
    }
}
