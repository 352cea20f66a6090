package io.github.hasura4j.spring.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.hasura4j.spring.HasuraAction;
import io.github.hasura4j.spring.client.LoopbackEngine;
import io.github.hasura4j.spring.metadata.ContractMismatchException;
import io.github.hasura4j.spring.metadata.Finding;
import io.github.hasura4j.spring.metadata.HasuraContract;
import io.github.hasura4j.spring.metadata.HasuraEndpoint;
import io.github.hasura4j.spring.metadata.HasuraEndpoint.ContractState;
import io.github.hasura4j.spring.metadata.MetadataConflictsException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ExtendWith(OutputCaptureExtension.class)
class HasuraMetadataAutoConfigurationTests {

    @TempDir
    static Path project;

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(
                    AutoConfigurations.of(HasuraWebhookAutoConfiguration.class, HasuraMetadataAutoConfiguration.class))
            .withUserConfiguration(Greeting.class)
            .withPropertyValues("hasura.webhook.secret=secret", "hasura.metadata.directory=" + project);

    static class Greeting {

        @HasuraAction
        String greet() {
            return "hello";
        }
    }

    @Nested
    class ByDefault {

        @Test
        void nothingIsCompared() {
            runner.run(context -> assertThat(context).hasNotFailed());
            runner.withPropertyValues("hasura.metadata.mode=false")
                    .run(context -> assertThat(context).hasNotFailed());
        }

        @Test
        void aTestCanCompareAllTheSame() {
            write("String!");
            runner.run(context -> HasuraContract.of(context).against(project).assertInSync());

            write("Int!");
            runner.run(context -> {
                HasuraContract.Comparison compared = HasuraContract.of(context).against(project);
                assertThat(compared.findings()).extracting(Finding::rule).containsExactly(Finding.Rule.TYPE);
                assertThatThrownBy(compared::assertInSync)
                        .isInstanceOf(AssertionError.class)
                        .hasMessage("""
                                Handlers and metadata differ in 1 place(s):
                                ERROR TYPE: Output of action 'greet' is Int! in the metadata and String! in code. Code: \
                                %s$Greeting#greet. Metadata: metadata/actions.graphql:2. Make it String! there, change the \
                                Java type, or say @HasuraType("Int")""".formatted(HasuraMetadataAutoConfigurationTests.class.getName()));
            });
        }
    }

    @Nested
    class ThatCompares {

        private final WebApplicationContextRunner comparing = runner.withPropertyValues("hasura.metadata.mode=check");

        @Test
        void warnsOfWhatDiffers(CapturedOutput output) {
            write("Int!");
            comparing.run(context -> {
                assertThat(context).hasNotFailed();
                assertThat(output).contains("ERROR TYPE: Output of action 'greet' is Int! in the metadata");
            });
        }

        @Test
        void doesNotStartIfItShallNot() {
            write("Int!");
            comparing.withPropertyValues("hasura.metadata.on-mismatch=fail").run(context -> {
                assertThat(context).getFailure().isInstanceOf(ContractMismatchException.class);
                Throwable failure = context.getStartupFailure();
                FailureAnalysis analysis = new ContractMismatchFailureAnalyzer().analyze(failure);
                assertThat(analysis).isNotNull();
                assertThat(analysis.getDescription())
                        .contains("    ERROR TYPE: Output of action 'greet' is Int! in the metadata");
            });
        }

        @Test
        void startsIfAllIsWell(CapturedOutput output) {
            write("String!");
            comparing
                    .withPropertyValues("hasura.metadata.on-mismatch=fail")
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(output).contains("Handlers and Hasura's metadata agree");
        }

        @Test
        void warnsOfADirectoryThatIsNotThere(CapturedOutput output) {
            comparing
                    .withPropertyValues("hasura.metadata.directory=" + project.resolve("nowhere"))
                    .run(context -> assertThat(context).hasNotFailed());
            assertThat(output).contains("Handlers are not compared with Hasura's metadata: No config.yaml in");
        }

        @Test
        void needsAClientToAskTheEngine() {
            comparing
                    .withPropertyValues("hasura.metadata.source=engine")
                    .run(context -> assertThat(context).getFailure().hasMessageContaining("hasura.metadata.source"));
        }

        @Test
        void needsAYamlParserForADirectory() {
            comparing
                    .withClassLoader(new FilteredClassLoader("org.snakeyaml.engine.v2"))
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .hasMessageContaining("hasura.metadata.source"));
        }
    }

    @Nested
    class Publishing {

        private final WebApplicationContextRunner writing =
                runner.withPropertyValues("hasura.metadata.mode=write", "spring.application.name=greeter");

        @Test
        void writesWhatIsMissingAndShowsItFirst(CapturedOutput output) throws IOException {
            write("String!");
            Files.writeString(project.resolve("metadata/actions.graphql"), "");
            Files.writeString(project.resolve("metadata/actions.yaml"), "actions: []\n");

            writing.run(context -> assertThat(context).hasNotFailed());

            assertThat(output).contains("+ action 'greet'").contains("+type Mutation {");
            assertThat(project.resolve("metadata/actions.graphql"))
                    .hasContent("type Mutation {\n  greet: String!\n}\n\n");
            assertThat(project.resolve("metadata/actions.yaml"))
                    .content()
                    .contains("- name: X-Hasura4j-Owner\n          value: greeter");
            writing.run(context -> assertThat(context).hasNotFailed());
            assertThat(output).contains("say what the handlers want");
        }

        @Test
        void leavesAloneWhatIsNotOurs(CapturedOutput output) {
            write("Int!");

            writing.run(context -> assertThat(context).hasNotFailed());
            assertThat(output).contains("! action 'greet': it is there without a mark of ours");

            writing.withPropertyValues("hasura.metadata.on-mismatch=fail")
                    .run(context -> assertThat(context).getFailure().isInstanceOf(MetadataConflictsException.class));
            assertThat(project.resolve("metadata/actions.graphql")).content().contains("Int!");
        }

        @Test
        void takesItOverIfThatIsWanted() {
            write("Int!");

            writing.withPropertyValues("hasura.metadata.adopt=true", "hasura.metadata.owner=other")
                    .run(context -> assertThat(context).hasNotFailed());

            assertThat(project.resolve("metadata/actions.graphql")).content().contains("String!");
            assertThat(project.resolve("metadata/actions.yaml")).content().contains("value: other");
        }

        @Test
        void needsAYamlParserToWrite() {
            writing.withClassLoader(new FilteredClassLoader("org.snakeyaml.engine.v2"))
                    .run(context ->
                            assertThat(context).getFailure().rootCause().hasMessageContaining("hasura.metadata.mode"));
        }

        @Test
        void needsAClientToApply() {
            runner.withPropertyValues("hasura.metadata.mode=apply")
                    .run(context -> assertThat(context)
                            .getFailure()
                            .rootCause()
                            .isInstanceOf(InvalidConfigurationPropertyValueException.class)
                            .hasMessageContaining("hasura.metadata.mode"));
        }
    }

    @Nested
    class ToApply {

        @AutoClose
        private final LoopbackEngine engine = new LoopbackEngine();

        private final WebApplicationContextRunner applying = runner.withConfiguration(
                        AutoConfigurations.of(HasuraClientAutoConfiguration.class))
                .withPropertyValues(
                        "hasura.metadata.mode=apply",
                        "hasura.metadata.owner=greeter",
                        "hasura.client.endpoint=" + engine.uri(),
                        "hasura.client.admin-secret=s3cret");

        private ToApply exports(long version, String actions) {
            engine.answers(
                    200,
                    "{\"resource_version\": %d, \"metadata\": {\"version\": 3, \"sources\": [], \"actions\": [%s]}}"
                            .formatted(version, actions));
            return this;
        }

        private void run(WebApplicationContextRunner application) {
            application.run(context -> context.publishEvent(new ApplicationReadyEvent(
                    new SpringApplication(), new String[0], context.getSourceApplicationContext(), Duration.ZERO)));
        }

        private List<String> commands() {
            return engine.received().stream()
                    .map(each -> JsonMapper.shared().readTree(each.text()))
                    .map(each -> each.path("type").stringValue()
                            + each.path("resource_version").asString(""))
                    .toList();
        }

        @Test
        void exportsOnceForPlanAndChange(CapturedOutput output) {
            exports(7, "").engine.answers(200, "{\"message\": \"success\"}");

            run(applying);

            assertThat(commands()).containsExactly("export_metadata", "replace_metadata7");
            assertThat(output).containsOnlyOnce("+ action 'greet'").contains("The metadata have changed: 1 entries");
        }

        @Test
        void plansAnewWhereSomebodyElseWasFaster(CapturedOutput output) {
            exports(7, "").engine.answers(409, "{\"path\": \"$\", \"error\": \"…\", \"code\": \"conflict\"}");
            exports(8, "").engine.answers(200, "{\"message\": \"success\"}");

            run(applying);

            assertThat(commands())
                    .containsExactly("export_metadata", "replace_metadata7", "export_metadata", "replace_metadata8");
            assertThat(output.toString().split("\\+ action 'greet'")).hasSize(3);
        }

        @Test
        void sendsNothingWhereItIsNotOurs(CapturedOutput output) {
            String other =
                    "{\"name\": \"greet\", \"definition\": {\"handler\": \"http://a\", \"output_type\": \"Int\"}}";

            exports(7, other).run(applying);
            assertThat(output).contains("! action 'greet'").contains("say what the handlers want");
            exports(7, other);
            assertThatExceptionOfType(MetadataConflictsException.class)
                    .isThrownBy(() -> run(applying.withPropertyValues("hasura.metadata.on-mismatch=fail")));

            assertThat(commands()).containsExactly("export_metadata", "export_metadata");
        }
    }

    @Nested
    class WithActuator {

        private final WebApplicationContextRunner exposing =
                runner.withPropertyValues("management.endpoints.web.exposure.include=hasura");

        @Test
        void showsHandlersAndContract() {
            write("String!");
            exposing.withPropertyValues("hasura.metadata.mode=check").run(context -> {
                HasuraEndpoint.Description shown =
                        context.getBean(HasuraEndpoint.class).describe();
                assertThat(shown.handlers())
                        .containsExactly(new HasuraEndpoint.HandlerDescription(
                                "action", "greet", Greeting.class.getName() + "#greet"));
                assertThat(shown.contract().state()).isEqualTo(ContractState.IN_SYNC);

                write("Int!");
                shown = context.getBean(HasuraEndpoint.class).describe();
                assertThat(shown.contract().state()).isEqualTo(ContractState.DIFFERENT);
                assertThat(shown.contract().findings()).hasSize(1);
            });
            exposing.run(context -> assertThat(context.getBean(HasuraEndpoint.class)
                            .describe()
                            .contract()
                            .state())
                    .isEqualTo(ContractState.NOT_CHECKED));
        }

        @Test
        void isNotThereUnlessExposed() {
            runner.run(context -> assertThat(context).doesNotHaveBean(HasuraEndpoint.class));
        }

        @Test
        void isNotMissed() {
            runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
                    .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("hasuraEndpoint"));
        }
    }

    private static void write(String output) {
        try {
            Files.createDirectories(project.resolve("metadata"));
            Files.writeString(project.resolve("config.yaml"), "version: 3\n");
            Files.writeString(
                    project.resolve("metadata/actions.graphql"), "type Mutation {\n  greet: %s\n}\n".formatted(output));
            Files.writeString(project.resolve("metadata/actions.yaml"), """
                    actions:
                      - name: greet
                        definition:
                          kind: synchronous
                          handler: '{{HANDLER_URL}}/hasura/actions'
                          headers:
                            - name: X-Webhook-Secret
                              value_from_env: WEBHOOK_SECRET
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
