package io.github.hasura4j.client.project;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.github.hasura4j.client.project.RelationshipMetadata.Using;
import io.github.hasura4j.payload.TableName;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

class HasuraProjectTests {

    private static final Path KITCHEN_SINK = Path.of("src/test/resources/projects/kitchen-sink");

    @Nested
    class OfTheKitchenSink {

        private final HasuraProject project = HasuraProject.read(KITCHEN_SINK);

        @Test
        void readsTablesThroughIncludes() {
            assertThat(project.metadata().sources()).singleElement().satisfies(source -> {
                assertThat(source.tables())
                        .extracting(TableMetadata::table)
                        .containsExactly(
                                TableName.of("order_items"),
                                TableName.of("order_status"),
                                TableName.of("orders"),
                                TableName.of("users"),
                                new TableName("sales", "region"));
                assertThat(source.functions()).hasToString("[public.search_orders]");
            });
        }

        @Test
        void readsCustomNames() {
            assertThat(table("orders").columnNames()).containsExactly(java.util.Map.entry("note", "customerNote"));
            assertThat(table("orders").customRootFields())
                    .containsEntry("insert", "createOrders")
                    .containsEntry("insert_one", "createOrder");
            assertThat(table("region").customName()).isEqualTo("SalesRegion");
            assertThat(table("order_status").isEnum()).isTrue();
        }

        @Test
        void readsFunctionsAndComputedFields() {
            assertThat(project.metadata().sources().get(0).functions())
                    .singleElement()
                    .satisfies(function -> {
                        assertThat(function.sessionArgument()).isEqualTo("hasura_session");
                        assertThat(function.exposedAs()).isEqualTo("query");
                        assertThat(function.permissions()).containsExactly("support");
                    });
            assertThat(table("orders").computedFields())
                    .containsExactly(new ComputedFieldMetadata(
                            "total", TableName.of("order_total"), null, null, "sum of the items"));
            assertThat(table("orders").selectPermissions().get(0).computedFields())
                    .containsExactly("total");
        }

        @Test
        void readsEveryKindOfRelationship() {
            assertThat(table("orders").objectRelationships())
                    .extracting(RelationshipMetadata::name, RelationshipMetadata::using)
                    .containsExactly(
                            tuple("user", new Using.ForeignKey(List.of("user_id"))),
                            tuple(
                                    "region",
                                    new Using.Manual(
                                            new TableName("sales", "region"),
                                            java.util.Map.of("region_code", "code"),
                                            false)));
            assertThat(table("orders").arrayRelationships())
                    .extracting(RelationshipMetadata::using)
                    .containsExactly(new Using.ForeignKeyOf(TableName.of("order_items"), List.of("order_id")));
        }

        @Test
        void readsPermissions() {
            SelectPermission user = table("orders").selectPermissions().get(1);
            assertThat(user.role()).isEqualTo("user");
            assertThat(user.columns().contains("note")).isTrue();
            assertThat(user.columns().contains("amount")).isFalse();
            assertThat(user.limit()).isEqualTo(100);
            assertThat(user.queryRootFields()).containsExactly("select", "select_by_pk");
            assertThat(user.filter().path("user_id").path("_eq").asString()).isEqualTo("X-Hasura-User-Id");
            assertThat(table("orders").insertPermissions())
                    .extracting(InsertPermission::role, InsertPermission::backendOnly)
                    .containsExactly(tuple("backend", true), tuple("user", false));
        }

        @Test
        void readsEventTriggers() {
            EventTriggerMetadata changed = table("orders").eventTriggers().get(0);
            assertThat(changed.update()).isNotNull().satisfies(update -> {
                assertThat(update.columns().names()).containsExactly("status", "meta");
                assertThat(update.payload().all()).isTrue();
            });
            assertThat(changed.insert())
                    .isNotNull()
                    .satisfies(
                            insert -> assertThat(insert.payload().names()).containsExactly("id", "status", "user_id"));
            assertThat(changed)
                    .extracting(
                            EventTriggerMetadata::numRetries,
                            EventTriggerMetadata::intervalSeconds,
                            EventTriggerMetadata::timeoutSeconds)
                    .containsExactly(3, 15, 30);
            assertThat(changed.headers())
                    .containsExactly(
                            new HeaderMetadata("X-Handler-Secret", null, "HANDLER_SECRET"),
                            new HeaderMetadata("X-Kind", "event", null));
            assertThat(table("orders").eventTriggers().get(1).webhookFromEnv()).isEqualTo("ORDER_EVENT_URL");
        }

        @Test
        void mergesActionsFromSdlAndYaml() {
            assertThat(project.metadata().actions())
                    .extracting(
                            ActionMetadata::name,
                            ActionMetadata::operation,
                            ActionMetadata::asynchronous,
                            ActionMetadata::outputType,
                            ActionMetadata::timeoutSeconds)
                    .containsExactly(
                            tuple("cancelOrder", ActionMetadata.Operation.MUTATION, false, "CancelOrderOutput!", 15),
                            tuple("exportOrders", ActionMetadata.Operation.MUTATION, true, "ExportResult", 30),
                            tuple("importMeta", ActionMetadata.Operation.MUTATION, false, "jsonb", 30),
                            tuple("orderTotals", ActionMetadata.Operation.QUERY, false, "[OrderTotal!]!", 30),
                            tuple("ping", ActionMetadata.Operation.QUERY, false, "String", 30));
            assertThat(project.metadata().actions().get(0).arguments())
                    .containsExactly(
                            new ActionMetadata.Argument("orderId", "uuid!", "the order to cancel"),
                            new ActionMetadata.Argument("reason", "CancelReason", null));
        }

        @Test
        void readsCustomTypes() {
            CustomTypes types = project.metadata().customTypes();
            assertThat(types.scalars()).containsExactly("Money");
            assertThat(types.enums())
                    .extracting(CustomTypes.EnumType::name)
                    .containsExactly("CancelReason", "Currency");
            assertThat(types.objects())
                    .extracting(CustomTypes.ObjectType::name, CustomTypes.ObjectType::relationships)
                    .contains(tuple("CancelOrderOutput", List.of("order")), tuple("OrderTotal", List.of("items")));
        }

        @Test
        void keepsWhatIsNotModelled() {
            assertThat(project.metadataDocument()
                            .path("inherited_roles")
                            .path(0)
                            .path("role_name")
                            .asString())
                    .isEqualTo("support_user");
            assertThat(project.metadataDocument().path("allowlist").size()).isOne();
        }

        @Test
        void findsMigrationsAndSeedsInOrder() {
            assertThat(project.migrations())
                    .extracting(Migration::source, Migration::name)
                    .containsExactly(tuple("default", "init"), tuple("default", "functions"));
            assertThat(project.migrations().get(0).sql()).startsWith("CREATE EXTENSION");
            assertThat(project.seeds()).singleElement().asString().endsWith("1700000000002_demo.sql");
        }

        private TableMetadata table(String name) {
            return project.metadata().sources().get(0).tables().stream()
                    .filter(table -> table.table().name().equals(name))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Nested
    class OfADirectory {

        @TempDir
        private Path directory;

        @Test
        void takesAnIncludeAsATagToo() throws IOException {
            write("config.yaml", "version: 3\n");
            write("metadata/databases/databases.yaml", "- name: default\n  tables: !include default/tables.yaml\n");
            write("metadata/databases/default/tables.yaml", "- table: users\n");

            assertThat(HasuraProject.read(directory).metadata().sources().get(0).tables())
                    .extracting(TableMetadata::table)
                    .containsExactly(TableName.of("users"));
        }

        @Test
        void keepsNumbersOfAPayloadExact() throws IOException {
            write("config.yaml", "version: 3\n");
            write(
                    "metadata/cron_triggers.yaml",
                    "- name: tick\n  webhook: http://x\n  payload: {rate: 1.10, big: 123456789012345678901234567890, no: no}\n");

            assertThat(HasuraProject.read(directory)
                            .metadata()
                            .cronTriggers()
                            .get(0)
                            .payload())
                    .hasToString("{\"rate\":1.10,\"big\":123456789012345678901234567890,\"no\":\"no\"}");
        }

        @Test
        void ordersMigrationsByNumberNotByText() throws IOException {
            write("config.yaml", "version: 3\nmetadata_directory: meta\n");
            write("meta/version.yaml", "version: 3\n");
            write("migrations/default/10_later/up.sql", "SELECT 10");
            write("migrations/default/9_earlier with blanks/up.sql", "SELECT 9");
            write("migrations/default/11_flat.up.sql", "SELECT 11");
            write("migrations/default/12_only_down/down.sql", "SELECT 12");

            assertThat(HasuraProject.read(directory).migrations())
                    .extracting(Migration::sql)
                    .containsExactly("SELECT 9", "SELECT 10", "SELECT 11");
        }

        @Test
        void saysWhichIncludeLeadsNowhere() throws IOException {
            write("config.yaml", "version: 3\n");
            write("metadata/databases/databases.yaml", "- name: default\n  tables: \"!include gone.yaml\"\n");

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> HasuraProject.read(directory))
                    .withMessageContaining("databases.yaml' has '!include gone.yaml', but there is no file");
        }

        @Test
        void saysThatAnActionIsNotInTheSdl() throws IOException {
            write("config.yaml", "version: 3\n");
            write("metadata/actions.yaml", "actions:\n- name: login\n  definition: {handler: x}\n");

            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> HasuraProject.read(directory))
                    .withMessageStartingWith("Action 'login' stands in actions.yaml but not in");
        }

        @Test
        void saysWhatIsExpectedWhenThereIsNoProject() {
            assertThatExceptionOfType(HasuraProjectException.class)
                    .isThrownBy(() -> HasuraProject.read(directory))
                    .withMessageContaining("No config.yaml")
                    .withMessageContaining("hasura init");
        }

        private void write(String file, String content) throws IOException {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
        }
    }

    @Nested
    class OfOtherPeople {

        private final Path samples = Path.of("../../shared/contract/metadata-samples");

        @ParameterizedTest
        @CsvSource({
            "learn-graphql-java, 1, 1, 1",
            "hasura-router-example, 1, 2, 1",
            "data-hub-ecommerce, 9, 6, 1",
            "developer-portal, 30, 21, 140",
            "aerie, 114, 23, 0",
            "emjpm, 86, 25, 0",
            "nextjs-hasura-fullstack, 9, 0, 23"
        })
        void isReadWhole(String sample, int tables, int actions, int migrations) {
            Assumptions.assumeTrue(
                    Files.isDirectory(samples), "the samples of other people are not beside this checkout: skipped");
            HasuraProject project = HasuraProject.read(samples.resolve(sample));
            assertThat(project.metadata().sources().stream()
                            .mapToInt(s -> s.tables().size())
                            .sum())
                    .isEqualTo(tables);
            assertThat(project.metadata().actions()).hasSize(actions);
            assertThat(project.migrations()).hasSize(migrations);
        }

        @Test
        void keepsAllFilesOfEveryone() throws IOException {
            Assumptions.assumeTrue(
                    Files.isDirectory(samples), "the samples of other people are not beside this checkout: skipped");
            try (Stream<Path> all = Files.walk(samples, 2)) {
                assertThat(all.filter(path -> Files.isRegularFile(path.resolve("config.yaml"))))
                        .hasSizeGreaterThan(10)
                        .allSatisfy(path ->
                                assertThat(HasuraProject.read(path).metadata()).isNotNull());
            }
        }
    }
}
