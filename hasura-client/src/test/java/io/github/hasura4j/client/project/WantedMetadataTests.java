package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import io.github.hasura4j.payload.TableName;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An application's entries go in and out of the files, and nothing else moves. */
class WantedMetadataTests {

    private static final Path SAMPLES = Path.of("..", "..", "shared", "contract", "metadata-samples");
    private static final Path KITCHEN_SINK = Path.of("src", "test", "resources", "projects", "kitchen-sink");
    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    private Path directory;

    private static ObjectNode json(String json) {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }

    /** One of everything, on the first table. */
    private static WantedMetadata everything(TableName table) {
        return everything("default", table);
    }

    private static WantedMetadata everything(String source, TableName table) {
        return WantedMetadata.ownedBy("shop")
                .action(json("""
                        {'name': 'hasura4jRefund', 'definition': {'type': 'mutation', 'kind': 'synchronous',
                         'handler': '{{HANDLER_URL}}/hasura/actions', 'output_type': 'Hasura4jRefund!',
                         'arguments': [{'name': 'input', 'type': 'Hasura4jRefundInput!', 'description': 'What to refund'}],
                         'headers': [{'name': 'X-Webhook-Secret', 'value_from_env': 'WEBHOOK_SECRET'}]},
                         'permissions': [{'role': 'user'}], 'comment': 'Gives money back: all of it'}"""))
                .action(json("""
                        {'name': 'aaaFirst', 'definition': {'type': 'query', 'kind': '',
                         'handler': '{{HANDLER_URL}}/hasura/actions', 'output_type': '[String!]'}}"""))
                .customType("input_objects", json("""
                        {'name': 'Hasura4jRefundInput', 'fields': [{'name': 'order', 'type': 'uuid!'},
                         {'name': 'reason', 'type': 'Hasura4jReason', 'description': 'Why'}]}"""))
                .customType("enums", json("""
                        {'name': 'Hasura4jReason', 'values': [{'value': 'BROKEN', 'description': null, 'is_deprecated': null},
                         {'value': 'LATE', 'description': 'Came too late', 'is_deprecated': null}]}"""))
                .customType("objects", json("""
                        {'name': 'Hasura4jRefund', 'fields': [{'name': 'amount', 'type': 'numeric!'}]}"""))
                .eventTrigger(source, table, json("""
                        {'name': 'hasura4j_changed', 'definition': {'enable_manual': false, 'insert': {'columns': '*'}},
                         'retry_conf': {'num_retries': 3, 'interval_sec': 10, 'timeout_sec': 60},
                         'webhook': '{{HANDLER_URL}}/hasura/events'}"""))
                .cronTrigger(json("""
                        {'name': 'hasura4j nightly', 'webhook': '{{HANDLER_URL}}/hasura/scheduled', 'schedule': '0 3 * * *',
                         'include_in_metadata': true, 'payload': {'of': ['a', 1]}}"""))
                .remoteSchema(json("""
                        {'name': 'hasura4j_hello', 'definition': {'url': '{{HANDLER_URL}}/graphql', 'timeout_seconds': 60}}"""))
                .build();
    }

    private static WantedMetadata nothing() {
        return WantedMetadata.ownedBy("shop").build();
    }

    private static TableName firstTable(HasuraProject project) {
        return project.metadata().sources().get(0).tables().get(0).table();
    }

    private HasuraProject copyOf(Path sample) throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(sample), "other people's projects are not here: " + sample);
        try (Stream<Path> files = Files.walk(sample)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(sample.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return HasuraProject.read(directory);
    }

    private static Map<String, String> files(Path directory) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                if (!file.toString().endsWith(".gz")) {
                    files.put(directory.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private HasuraProject write(HasuraProject project, WantedMetadata wanted) {
        MergedMetadata merged = wanted.mergeInto(project.metadataDocument());
        assertThat(merged.conflicts()).isEmpty();
        project.plan(merged.document()).apply();
        HasuraProject written = HasuraProject.read(project.directory());
        ObjectNode now = written.metadataDocument();
        assertThat(ActionFiles.same(now, merged.document())).isTrue();
        assertThat(rest(now)).isEqualTo(rest(merged.document()));
        return written;
    }

    private static ObjectNode rest(ObjectNode document) {
        ObjectNode rest = document.deepCopy();
        rest.remove(List.of("actions", "custom_types"));
        return rest;
    }

    static Stream<Path> samples() throws IOException {
        return Stream.concat(Stream.of(KITCHEN_SINK), ProjectWritingTests.samplesIfThere())
                .filter(sample -> !sample.endsWith("data-hub-action-transform-auth0")); // It has no table.
    }

    @ParameterizedTest
    @MethodSource("samples")
    void goesInAndOutAgainWithoutATrace(Path sample) throws IOException {
        HasuraProject project = copyOf(sample);
        Map<String, String> before = files(directory);

        String source = project.metadata().sources().get(0).name();
        HasuraProject with = write(project, everything(source, firstTable(project)));
        Map<String, String> between = files(directory);
        HasuraProject without = write(with, nothing());

        assertThat(between).isNotEqualTo(before);
        between.forEach((file, text) -> {
            if (before.containsKey(file) && !linesThatStay(before.get(file)).isEmpty()) {
                assertThat(text.lines().toList()).as(file).containsSubsequence(linesThatStay(before.get(file)));
            }
        });
        Map<String, String> after = files(directory);
        after.keySet().retainAll(before.keySet()); // Files that were not there hold an empty list now.
        before.forEach((file, text) ->
                assertThat(nothingAsNothing(after.get(file))).as(file).isEqualTo(nothingAsNothing(text)));
        assertThat(without.plan(without.metadataDocument()).isEmpty()).isTrue();
    }

    /** What held nothing, in whatever way, holds nothing again, in the tool's way. */
    private static String nothingAsNothing(String text) {
        return text.isBlank() ? "" : text.replaceAll("(?m): \\[]$", ":");
    }

    /** An empty list is no line to keep. */
    private static List<String> linesThatStay(String text) {
        return text.lines().filter(line -> !line.endsWith("[]")).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"developer-portal", "emjpm"})
    void leavesTheOriginalBytesOf(String sample) throws IOException {
        HasuraProject project = copyOf(SAMPLES.resolve(sample));
        Map<String, String> before = files(directory);

        write(write(project, everything(firstTable(project))), nothing());

        assertThat(files(directory)).isEqualTo(before);
    }

    @Test
    void showsWhatItWouldDo() throws IOException {
        HasuraProject project = copyOf(KITCHEN_SINK);

        MergedMetadata merged = everything(firstTable(project)).mergeInto(project.metadataDocument());

        assertThat(merged.changes())
                .extracting(MetadataChange::toString)
                .containsExactly(
                        "+ action 'hasura4jRefund'",
                        "+ action 'aaaFirst'",
                        "+ type 'Hasura4jReason'",
                        "+ type 'Hasura4jRefundInput'",
                        "+ type 'Hasura4jRefund'",
                        "+ event trigger 'hasura4j_changed' of public.order_items",
                        "+ cron trigger 'hasura4j nightly'",
                        "+ remote schema 'hasura4j_hello'");
        assertThat(project.plan(merged.document()).diff())
                .contains("+++ b/actions.graphql")
                .contains(
                        "+type Mutation {\n+  hasura4jRefund(\n+    \"\"\" What to refund \"\"\"\n+    input: Hasura4jRefundInput!\n")
                .contains("+      - name: X-Hasura4j-Owner\n+        value: shop\n");
    }

    @Test
    void isWantedOnceOnly() throws IOException {
        HasuraProject project = copyOf(KITCHEN_SINK);
        WantedMetadata wanted = everything(firstTable(project));

        HasuraProject written = write(project, wanted);

        MergedMetadata again = wanted.mergeInto(written.metadataDocument());
        assertThat(again.changes()).isEmpty();
        assertThat(written.plan(again.document()).isEmpty()).isTrue();
    }

    @Nested
    class AnEntryThatIsThere {

        @Test
        void isLeftAloneWithoutOurMark() throws IOException {
            HasuraProject project = copyOf(KITCHEN_SINK);
            String name = project.metadata().actions().get(0).name();
            WantedMetadata wanted = WantedMetadata.ownedBy("shop")
                    .action(json(
                            "{'name': '%s', 'definition': {'output_type': 'Boolean', 'handler': 'x'}}".formatted(name)))
                    .build();

            MergedMetadata merged = wanted.mergeInto(project.metadataDocument());

            assertThat(merged.conflicts())
                    .singleElement()
                    .hasToString(
                            "! action '" + name
                                    + "': it is there without a mark of ours, so it is left alone; adopt it, or rename the handler");
            assertThat(project.plan(merged.document()).isEmpty()).isTrue();
        }

        @Test
        void isTakenOverWhereThatIsWanted() throws IOException {
            HasuraProject project = copyOf(KITCHEN_SINK);
            JsonNode action = project.metadataDocument().path("actions").get(0);
            ObjectNode wanted = json("{'name': '%s', 'definition': {'timeout': 7}}"
                    .formatted(action.path("name").asString()));

            MergedMetadata merged = WantedMetadata.ownedBy("shop")
                    .adopting()
                    .action(wanted)
                    .build()
                    .mergeInto(project.metadataDocument());

            JsonNode adopted = merged.document().path("actions").get(0);
            assertThat(adopted.path("definition").path("timeout").asInt()).isEqualTo(7);
            assertThat(adopted.path("definition").path("handler"))
                    .isEqualTo(action.path("definition").path("handler"));
            project.plan(merged.document()).apply();
            assertThat(HasuraProject.read(directory)
                            .metadataDocument()
                            .path("actions")
                            .get(0)
                            .path("definition")
                            .path("timeout")
                            .asInt())
                    .isEqualTo(7);
        }

        @Test
        void ofAnotherApplicationIsLeftAlone() throws IOException {
            HasuraProject project = copyOf(KITCHEN_SINK);
            HasuraProject written = write(project, everything(firstTable(project)));

            MergedMetadata merged =
                    WantedMetadata.ownedBy("stock").adopting().build().mergeInto(written.metadataDocument());

            assertThat(merged.changes()).isEmpty();
            ObjectNode other = json(
                    "{'name': 'hasura4j nightly', 'webhook': 'x', 'schedule': '* * * * *', 'include_in_metadata': true}");
            assertThat(WantedMetadata.ownedBy("stock")
                            .adopting()
                            .cronTrigger(other)
                            .build()
                            .mergeInto(written.metadataDocument())
                            .conflicts())
                    .singleElement()
                    .hasToString("! cron trigger 'hasura4j nightly': it belongs to 'shop'; rename the handler");
        }

        @Test
        void ofOursKeepsWhatWeSayNothingAbout() throws IOException {
            HasuraProject project = copyOf(KITCHEN_SINK);
            HasuraProject written = write(project, everything(firstTable(project)));
            ObjectNode byHand = written.metadataDocument();
            ObjectNode action = (ObjectNode) find(byHand.path("actions"), "hasura4jRefund");
            ((ObjectNode) action.path("definition")).put("timeout", 12);
            ((ArrayNode) action.path("definition").path("headers"))
                    .addObject()
                    .put("name", "X-By-Hand")
                    .put("value", "yes");
            written.plan(byHand).apply();
            HasuraProject changed = HasuraProject.read(directory);

            MergedMetadata merged = everything(firstTable(project)).mergeInto(changed.metadataDocument());

            assertThat(merged.changes()).isEmpty();
        }

        @Test
        void movesToAnotherTableWithItsHandler() throws IOException {
            HasuraProject project = copyOf(KITCHEN_SINK);
            HasuraProject written = write(project, everything(firstTable(project)));
            TableName other =
                    project.metadata().sources().get(0).tables().get(2).table();

            HasuraProject moved = write(written, everything(other));

            assertThat(moved.metadata().sources().get(0).tables().get(2).eventTriggers())
                    .extracting(EventTriggerMetadata::name)
                    .contains("hasura4j_changed");
        }
    }

    @Test
    void anUntrackedTableIsAConflict() throws IOException {
        HasuraProject project = copyOf(KITCHEN_SINK);

        assertThat(everything(TableName.of("nowhere"))
                        .mergeInto(project.metadataDocument())
                        .conflicts())
                .singleElement()
                .hasToString(
                        "! event trigger 'hasura4j_changed' of public.nowhere: the source 'default' has no table public.nowhere; track the table first");
    }

    @Test
    void validationsGoWithThePermissionThatTheyBelongTo() throws IOException {
        HasuraProject project = copyOf(KITCHEN_SINK);
        ObjectNode url =
                json("{'type': 'http', 'definition': {'url': '{{HANDLER_URL}}/hasura/validations', 'timeout': 10}}");
        Map<String, String> before = files(directory);
        TableMetadata table = project.metadata().sources().get(0).tables().stream()
                .filter(each ->
                        each.insertPermissions().stream().anyMatch(permission -> permission.validateInput() == null))
                .findFirst()
                .orElseThrow();
        String role = table.insertPermissions().stream()
                .filter(each -> each.validateInput() == null)
                .findFirst()
                .orElseThrow()
                .role();

        HasuraProject written = write(
                project,
                WantedMetadata.ownedBy("shop")
                        .validation("default", table.table(), "insert", role, url)
                        .build());
        assertThat(files(directory)).isNotEqualTo(before);
        write(written, nothing());

        assertThat(files(directory)).isEqualTo(before);
        assertThat(WantedMetadata.ownedBy("shop")
                        .validation("default", table.table(), "insert", "nobody", url)
                        .build()
                        .mergeInto(project.metadataDocument())
                        .conflicts())
                .hasSize(1);
    }

    @Nested
    class TheFiles {

        private void project(String cron) throws IOException {
            Files.createDirectories(directory.resolve("metadata"));
            Files.writeString(directory.resolve("config.yaml"), "version: 3\n");
            Files.writeString(directory.resolve("metadata/cron_triggers.yaml"), cron);
        }

        private String changed(String name, String key, Object value) throws IOException {
            HasuraProject project = HasuraProject.read(directory);
            ObjectNode document = project.metadataDocument();
            ObjectNode trigger = (ObjectNode) find(document.path("cron_triggers"), name);
            trigger.set(key, JSON.valueToTree(value));
            project.plan(document).apply();
            return Files.readString(directory.resolve("metadata/cron_triggers.yaml"));
        }

        @Test
        void keepCommentsQuotesAndOrder() throws IOException {
            project("""
                    # all of them
                    - schedule: "0 1 * * *" # at night
                      name: 'a'
                      # calls home
                      webhook: "http://a"
                      include_in_metadata: true
                    # the other
                    - {name: b, webhook: http://b, schedule: 0 2 * * *, include_in_metadata: true}
                    """);

            assertThat(changed("a", "webhook", "http://c")).isEqualTo("""
                    # all of them
                    - schedule: "0 1 * * *" # at night
                      name: 'a'
                      # calls home
                      webhook: "http://c"
                      include_in_metadata: true
                    # the other
                    - {name: b, webhook: http://b, schedule: 0 2 * * *, include_in_metadata: true}
                    """);
            assertThat(changed("b", "comment", "new")).contains("""
                    # the other
                    - name: b
                      webhook: http://b
                      schedule: 0 2 * * *
                      include_in_metadata: true
                      comment: new
                    """);
        }

        @Test
        void keepLineEndsAndAMissingLastOne() throws IOException {
            project("- name: a\r\n  webhook: http://a\r\n  schedule: 0 1 * * *\r\n  include_in_metadata: true");

            assertThat(changed("a", "comment", "b"))
                    .isEqualTo(
                            "- name: a\r\n  webhook: http://a\r\n  schedule: 0 1 * * *\r\n  include_in_metadata: true\r\n  comment: b");
        }

        @Test
        void keepAByteOrderMark() throws IOException {
            project("\ufeff- name: a\n  webhook: http://a\n  schedule: 0 1 * * *\n  include_in_metadata: true\n");

            assertThat(changed("a", "webhook", "http://b")).startsWith("\ufeff- name: a\n  webhook: http://b\n");
        }

        @Test
        void areNotWrittenWhereACommentWouldBeLost() throws IOException {
            project("""
                    - name: a
                      webhook: http://a
                      schedule: 0 1 * * *
                      include_in_metadata: true
                      payload:
                        # important
                        b: 1
                    """);

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> changed("a", "payload", "text"))
                    .withMessageContaining("cron_triggers.yaml', line 5 cannot be changed without losing a comment");
        }

        @Test
        void areNotWrittenThroughAnAnchor() throws IOException {
            project("""
                    - name: a
                      webhook: http://a
                      schedule: 0 1 * * *
                      include_in_metadata: true
                      headers: &headers
                        - {name: x, value: y}
                    - name: b
                      webhook: http://b
                      schedule: 0 1 * * *
                      include_in_metadata: true
                      headers: *headers
                    """);

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> changed("b", "headers", List.of(Map.of("name", "x", "value", "z"))))
                    .withMessageContaining("cannot be changed safely");
            assertThat(changed("b", "webhook", "http://c"))
                    .contains("webhook: http://c")
                    .contains("&headers");
        }

        @Test
        void areNotWrittenWhenTheyChangedMeanwhile() throws IOException {
            project("- name: a\n  webhook: http://a\n  schedule: 0 1 * * *\n  include_in_metadata: true\n");
            HasuraProject project = HasuraProject.read(directory);
            ObjectNode document = project.metadataDocument();
            ((ArrayNode) document.path("cron_triggers")).removeAll();
            ProjectPlan plan = project.plan(document);
            Files.writeString(directory.resolve("metadata/cron_triggers.yaml"), "[] # by somebody else\n");

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(plan::apply)
                    .withMessageContaining("has changed since the plan was made");
            assertThat(directory.resolve("metadata/cron_triggers.yaml")).hasContent("[] # by somebody else");
        }
    }

    @Nested
    class ActionsGraphql {

        private static final String SDL = """
                # The shop's actions.
                type Mutation {
                  buy(item: uuid!): Receipt # now
                  sell(
                    # what
                    item: uuid!
                  ): Receipt
                }

                type Receipt {
                  id: uuid! @deprecated(reason: "old")
                  total: numeric!
                }

                input Unused { a: Int = 1 }
                """;

        private HasuraProject project(String sdl) throws IOException {
            Files.createDirectories(directory.resolve("metadata"));
            Files.writeString(directory.resolve("config.yaml"), "version: 3\n");
            Files.writeString(directory.resolve("metadata/actions.graphql"), sdl);
            Files.writeString(directory.resolve("metadata/actions.yaml"), """
                    actions:
                      - name: buy
                        definition: {kind: synchronous, handler: http://x}
                      - name: sell
                        definition: {kind: synchronous, handler: http://x}
                    """);
            return HasuraProject.read(directory);
        }

        private static ObjectNode withOutput(HasuraProject project, String action, String output) {
            ObjectNode document = project.metadataDocument();
            ((ObjectNode) find(document.path("actions"), action).path("definition")).put("output_type", output);
            return document;
        }

        @ParameterizedTest
        @ValueSource(strings = {"\n", "\r\n"})
        void changesOneSignatureOnly(String lineEnd) throws IOException {
            HasuraProject project = project(SDL.replace("\n", lineEnd));

            project.plan(withOutput(project, "buy", "Receipt!")).apply();

            assertThat(Files.readString(directory.resolve("metadata/actions.graphql")))
                    .isEqualTo(
                            SDL.replace("buy(item: uuid!): Receipt # now", "buy(\n    item: uuid!\n  ): Receipt! # now")
                                    .replace("\n", lineEnd));
        }

        @Test
        void isNotChangedWhereACommentWouldBeLost() throws IOException {
            HasuraProject project = project(SDL);

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> project.plan(withOutput(project, "sell", "Receipt!")))
                    .withMessageContaining("actions.graphql', line 4 cannot be changed without losing a comment");
        }

        @Test
        void isNotChangedWhereADirectiveOrADefaultWouldBeLost() throws IOException {
            HasuraProject project = project(SDL);
            ObjectNode document = project.metadataDocument();
            ObjectNode receipt =
                    (ObjectNode) document.path("custom_types").path("objects").get(0);
            ((ObjectNode) receipt.path("fields").get(1)).put("type", "numeric");

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> project.plan(document))
                    .withMessageContaining("line 10 cannot be changed without losing a directive");

            ObjectNode other = project.metadataDocument();
            ObjectNode unused = (ObjectNode)
                    other.path("custom_types").path("input_objects").get(0);
            ((ObjectNode) unused.path("fields").get(0)).put("type", "Int!");
            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> project.plan(other))
                    .withMessageContaining("line 15 cannot be changed without losing a default value");
        }
    }

    /** Whatever is changed, the rest stays as data, and lines that need not change do not. */
    @ParameterizedTest
    @MethodSource("samples")
    void anyChangeIsWrittenAndNothingElse(Path sample) throws IOException {
        HasuraProject original = copyOf(sample);
        for (int seed = 0; seed < 40; seed++) {
            ObjectNode changed = original.metadataDocument();
            RandomEdit edit = new RandomEdit(new Random(seed));
            edit.change(changed);

            ProjectPlan plan = original.plan(changed);
            plan.apply();

            for (FileChange each : plan.changes()) {
                assertThat(changedLines(each))
                        .as("seed %d: %s:\n%s", seed, edit, each.diff())
                        .isLessThanOrEqualTo(edit.linesThatMayChange());
            }

            ObjectNode read = MetadataDirectory.read(original.metadataDirectory());
            assertThat(read.path("sources")).as("seed %d: %s", seed, edit).isEqualTo(changed.path("sources"));
            assertThat(read.path("cron_triggers"))
                    .as("seed %d: %s", seed, edit)
                    .isEqualTo(changed.path("cron_triggers"));
            for (FileChange each : plan.changes()) {
                Files.writeString(each.file(), each.before());
            }
        }
    }

    /** How many lines lie between the first and the last one that is another. */
    private static int changedLines(FileChange change) {
        List<String> before = change.before().lines().toList();
        List<String> after = change.after().lines().toList();
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        return before.size() - head - tail;
    }

    /** One change to one value somewhere below the tables or the cron triggers. */
    private static final class RandomEdit {

        private final Random random;
        private String done = "nothing";
        private JsonNode gone = JSON.nullNode();

        RandomEdit(Random random) {
            this.random = random;
        }

        void change(ObjectNode document) {
            List<JsonNode> places = Stream.concat(
                            document.path("sources")
                                    .valueStream()
                                    .flatMap(source -> source.path("tables").valueStream()),
                            document.path("cron_triggers").valueStream())
                    .toList();
            for (int tries = 0; tries < 20 && done.equals("nothing") && !places.isEmpty(); tries++) {
                change(places.get(random.nextInt(places.size())), 0);
            }
        }

        private void change(JsonNode node, int depth) {
            if (node instanceof ObjectNode map && !map.isEmpty()) {
                List<String> keys = List.copyOf(map.propertyNames());
                String key = keys.get(random.nextInt(keys.size()));
                JsonNode value = map.get(key);
                boolean identity = List.of("table", "name", "role", "function").contains(key);
                if (!identity && value.isContainer() && !value.isEmpty() && random.nextInt(4) > 0) {
                    change(value, depth + 1);
                } else if (identity || depth == 0) {
                    map.put("added_" + random.nextInt(9), "a: b # c");
                    done = "added beside " + key;
                } else if (random.nextInt(3) == 0 && map.size() > 1) {
                    gone = map.remove(key);
                    done = "removed " + key;
                } else {
                    gone = value;
                    map.set(key, value());
                    done = "changed " + key;
                }
            } else if (node instanceof ArrayNode list && !list.isEmpty()) {
                int index = random.nextInt(list.size());
                if (list.get(index).isObject() && random.nextInt(3) > 0) {
                    change(list.get(index), depth + 1);
                } else if (random.nextBoolean()) {
                    list.insert(
                            index,
                            list.get(index).isObject()
                                    ? json("{'name': 'new one', 'x': [1, {}]}")
                                    : JSON.valueToTree("new"));
                    done = "inserted at " + index;
                } else if (list.size() > 1) {
                    gone = list.remove(index);
                    done = "removed at " + index;
                }
            }
        }

        /** The lines of what went, and its key. */
        int linesThatMayChange() {
            return 1 + (int) YamlText.file(gone).lines().count();
        }

        private JsonNode value() {
            return switch (random.nextInt(7)) {
                case 0 -> JSON.valueToTree("text with 'quotes' and: colons");
                case 1 -> JSON.valueToTree("two\nlines");
                case 2 -> JSON.valueToTree(42);
                case 3 -> JSON.valueToTree(null);
                case 4 -> json("{'a': {'b': [1, 'two', {'c': null}]}, 'd': 'yes'}");
                case 5 -> JSON.valueToTree(List.of("x", List.of(), Map.of()));
                default -> JSON.valueToTree("");
            };
        }

        @Override
        public String toString() {
            return done;
        }
    }

    private static JsonNode find(JsonNode list, String name) {
        return list.valueStream()
                .filter(each -> each.path("name").asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }
}
