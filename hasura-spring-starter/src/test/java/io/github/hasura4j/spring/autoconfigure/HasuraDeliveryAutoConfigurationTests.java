package io.github.hasura4j.spring.autoconfigure;

import java.util.List;

import javax.sql.DataSource;

import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.DeadLetterHandler;
import io.github.hasura4j.spring.delivery.HandlerTransactions;
import io.github.hasura4j.spring.delivery.Idempotent;
import io.github.hasura4j.spring.delivery.InMemoryInboxStore;
import io.github.hasura4j.spring.delivery.InboxStore;
import io.github.hasura4j.spring.delivery.JdbcDeadLetters;
import io.github.hasura4j.spring.delivery.JdbcInboxStore;
import io.github.hasura4j.spring.delivery.KeepOrder;
import io.github.hasura4j.spring.delivery.LoggingDeadLetterHandler;
import io.github.hasura4j.spring.dispatch.InvalidHandlerException;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

class HasuraDeliveryAutoConfigurationTests {

    private final WebApplicationContextRunner plain = new WebApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JacksonAutoConfiguration.class,
                    HasuraDeliveryAutoConfiguration.class,
                    HasuraWebhookAutoConfiguration.class))
            .withPropertyValues("hasura.webhook.secret=secret");

    private final WebApplicationContextRunner withDatabase =
            withEmptyDatabase("delivery").withPropertyValues("hasura.inbox.initialize-schema=true");

    private WebApplicationContextRunner withEmptyDatabase(String name) {
        return plain.withConfiguration(AutoConfigurations.of(DataSourceTransactionManagerAutoConfiguration.class))
                .withBean(DataSource.class, () -> JdbcConnectionPool.create("jdbc:h2:mem:" + name, "sa", ""));
    }

    static class Once {
        @HasuraEvent
        @Idempotent
        void once() {}
    }

    static class Leased {
        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        void leased() {}
    }

    static class ApartFromItsMark {
        @HasuraEvent
        @Idempotent
        @Transactional(propagation = Propagation.REQUIRES_NEW)
        void once() {}
    }

    static class Ordered {
        @HasuraEvent
        @KeepOrder(key = "#payload.id")
        void ordered() {}
    }

    static class Plain {
        @HasuraEvent
        void plain() {}
    }

    @Test
    void keepsMarksInTheDatabaseThatIsThere() {
        withDatabase
                .withBean(Once.class)
                .withPropertyValues("hasura.delivery.dead-letters=jdbc")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JdbcInboxStore.class)
                        .hasSingleBean(JdbcDeadLetters.class));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void hasNoBeansThatTheSearchForHandlersCannotSeeInto(CapturedOutput output) {
        withDatabase.withBean(Plain.class).run(context -> assertThat(context).hasNotFailed());

        assertThat(output).doesNotContain("handlers of its class cannot be seen");
    }

    @Test
    void refusesADatabaseWithoutItsTables() {
        for (Class<?> handlers : List.of(Once.class, Ordered.class)) {
            withEmptyDatabase("empty")
                    .withBean(handlers)
                    .run(context -> assertThat(context.getStartupFailure())
                            .hasStackTraceContaining(
                                    "Property hasura.inbox.initialize-schema with value 'false' is invalid")
                            .hasStackTraceContaining("There is no table hasura_"));
        }
    }

    @Test
    void takesTablesThatTheApplicationsMigrationsMake() {
        withEmptyDatabase("migrated")
                .withConfiguration(AutoConfigurations.of(DataSourceInitializationAutoConfiguration.class))
                .withBean(Once.class)
                .withPropertyValues(
                        "hasura.delivery.dead-letters=jdbc",
                        "spring.sql.init.schema-locations=classpath:io/github/hasura4j/spring/delivery/schema-h2.sql")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(JdbcInboxStore.class)
                        .hasSingleBean(JdbcDeadLetters.class));
    }

    @Test
    void keepsThemInMemoryWhereAskedTo() {
        plain.withBean(Leased.class)
                .withPropertyValues("hasura.inbox.store=memory")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(InMemoryInboxStore.class)
                        .getBean(DeadLetterHandler.class)
                        .isInstanceOf(LoggingDeadLetterHandler.class));
    }

    @Test
    void usesYourOwnInstead() {
        withDatabase
                .withBean(Leased.class)
                .withBean("own", InboxStore.class, () -> new InMemoryInboxStore(java.time.InstantSource.system(), 1))
                .withBean("letters", DeadLetterHandler.class, () -> (letter, cause) -> {})
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(InboxStore.class)
                        .hasSingleBean(DeadLetterHandler.class));
    }

    @Test
    void saysWhatIsMissing() {
        plain.withBean(Once.class)
                .run(context -> assertThat(context.getStartupFailure())
                        .isInstanceOf(InvalidHandlerException.class)
                        .hasMessageContaining("hasura.inbox.store"));
    }

    @Test
    void refusesAHandlerThatLeavesTheTransactionOfItsMark() {
        withDatabase
                .withBean(ApartFromItsMark.class)
                .run(context -> assertThat(context.getStartupFailure()).hasMessageContaining("REQUIRES_NEW"));
    }

    @Test
    void backsOffWithoutSpringJdbcAndTransactions() {
        plain.withBean(Plain.class)
                .withClassLoader(new FilteredClassLoader(JdbcTemplate.class, PlatformTransactionManager.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(InboxStore.class)
                        .doesNotHaveBean(HandlerTransactions.class));
    }

    @Test
    void makesNoStoreThatNoHandlerNeeds() {
        withDatabase.withBean(Plain.class).run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context.getSourceApplicationContext().getBeanFactory().containsSingleton("hasuraInboxStore"))
                    .isFalse();
        });
    }
}
