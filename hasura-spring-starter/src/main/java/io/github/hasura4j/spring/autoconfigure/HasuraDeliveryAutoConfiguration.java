package io.github.hasura4j.spring.autoconfigure;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

import javax.sql.DataSource;

import io.github.hasura4j.spring.delivery.CleanupAdvisor;
import io.github.hasura4j.spring.delivery.DeadLetterHandler;
import io.github.hasura4j.spring.delivery.HandlerTransactions;
import io.github.hasura4j.spring.delivery.IdempotencyAdvisor;
import io.github.hasura4j.spring.delivery.InMemoryInboxStore;
import io.github.hasura4j.spring.delivery.InMemoryOrderStore;
import io.github.hasura4j.spring.delivery.InboxStore;
import io.github.hasura4j.spring.delivery.JdbcDeadLetters;
import io.github.hasura4j.spring.delivery.JdbcInboxStore;
import io.github.hasura4j.spring.delivery.JdbcOrderStore;
import io.github.hasura4j.spring.delivery.LoggingDeadLetterHandler;
import io.github.hasura4j.spring.delivery.OrderAdvisor;
import io.github.hasura4j.spring.delivery.OrderStore;
import io.github.hasura4j.spring.delivery.PublicationAdvisor;
import io.github.hasura4j.spring.delivery.RetryAdvisor;
import io.github.hasura4j.spring.delivery.SpringHandlerTransactions;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** What handlers with {@code @Idempotent}, {@code @Retry}, {@code @KeepOrder} and {@code @PublishAsApplicationEvent} need; nothing goes around the others. */
@AutoConfiguration(
        before = HasuraWebhookAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration",
            "org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration"
        })
@ConditionalOnWebApplication
@EnableConfigurationProperties({HasuraInboxProperties.class, HasuraDeliveryProperties.class})
public final class HasuraDeliveryAutoConfiguration {

    /** Good for many threads, and predictable by none. */
    private static final RandomGenerator CHANCE =
            () -> ThreadLocalRandom.current().nextLong();

    @Bean
    @ConditionalOnMissingBean
    IdempotencyAdvisor hasuraIdempotencyAdvisor(
            ObjectProvider<InboxStore> store,
            ObjectProvider<HandlerTransactions> transactions,
            HasuraInboxProperties properties) {
        return new IdempotencyAdvisor(
                store::getIfAvailable, transactions::getIfAvailable, properties.settings(), CHANCE);
    }

    @Bean
    @ConditionalOnMissingBean
    CleanupAdvisor hasuraCleanupAdvisor(
            ObjectProvider<InboxStore> inbox,
            ObjectProvider<OrderStore> order,
            ObjectProvider<InstantSource> clock,
            HasuraInboxProperties properties) {
        return new CleanupAdvisor(inbox::getIfAvailable, order::getIfAvailable, properties.settings(), clock(clock));
    }

    @Bean
    @ConditionalOnMissingBean
    OrderAdvisor hasuraOrderAdvisor(
            ObjectProvider<OrderStore> store, ObjectProvider<HandlerTransactions> transactions) {
        return new OrderAdvisor(store::getIfAvailable, transactions::getIfAvailable, CHANCE);
    }

    @Bean
    @ConditionalOnMissingBean
    PublicationAdvisor hasuraPublicationAdvisor(
            ObjectProvider<HandlerTransactions> transactions, ApplicationEventPublisher publisher) {
        return new PublicationAdvisor(transactions::getIfAvailable, publisher);
    }

    @Bean
    @ConditionalOnMissingBean
    RetryAdvisor hasuraRetryAdvisor(DeadLetterHandler deadLetters, ObjectProvider<InstantSource> clock) {
        return new RetryAdvisor(deadLetters, clock(clock), CHANCE);
    }

    private static InstantSource clock(ObjectProvider<InstantSource> clock) {
        return clock.getIfUnique(InstantSource::system);
    }

    /**
     * Only with a database, and made when a handler needs it: without one nobody asks the database for anything. Their classes are
     * the return types, so that the search for handlers sees that they are none.
     */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({JdbcTemplate.class, PlatformTransactionManager.class})
    @ConditionalOnSingleCandidate(DataSource.class)
    static class Jdbc {

        @Bean
        @Lazy
        @ConditionalOnMissingBean(HandlerTransactions.class)
        @ConditionalOnSingleCandidate(PlatformTransactionManager.class)
        SpringHandlerTransactions hasuraHandlerTransactions(PlatformTransactionManager manager) {
            return new SpringHandlerTransactions(manager);
        }

        @Bean
        @Lazy
        @DependsOnDatabaseInitialization
        @ConditionalOnMissingBean(InboxStore.class)
        @ConditionalOnProperty(name = "hasura.inbox.store", havingValue = "jdbc", matchIfMissing = true)
        JdbcInboxStore hasuraInboxStore(
                DataSource dataSource, ObjectProvider<InstantSource> clock, HasuraInboxProperties properties) {
            return JdbcTables.requireThat(
                    "hasura_inbox",
                    dataSource,
                    new JdbcInboxStore(dataSource, clock(clock), properties.initializeSchema()));
        }

        @Bean
        @Lazy
        @DependsOnDatabaseInitialization
        @ConditionalOnMissingBean(OrderStore.class)
        @ConditionalOnProperty(name = "hasura.inbox.store", havingValue = "jdbc", matchIfMissing = true)
        JdbcOrderStore hasuraOrderStore(
                DataSource dataSource, ObjectProvider<InstantSource> clock, HasuraInboxProperties properties) {
            return JdbcTables.requireThat(
                    "hasura_order",
                    dataSource,
                    new JdbcOrderStore(dataSource, clock(clock), properties.initializeSchema()));
        }

        @Bean
        @DependsOnDatabaseInitialization
        @ConditionalOnMissingBean(DeadLetterHandler.class)
        @ConditionalOnProperty(name = "hasura.delivery.dead-letters", havingValue = "jdbc")
        JdbcDeadLetters hasuraDeadLetters(DataSource dataSource, HasuraInboxProperties properties) {
            return JdbcTables.requireThat(
                    "hasura_dead_letter", dataSource, new JdbcDeadLetters(dataSource, properties.initializeSchema()));
        }
    }

    /** For one instance, where that was asked for. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(name = "hasura.inbox.store", havingValue = "memory")
    static class Memory {

        @Bean
        @ConditionalOnMissingBean
        InboxStore hasuraInMemoryInboxStore(ObjectProvider<InstantSource> clock, HasuraInboxProperties properties) {
            return new InMemoryInboxStore(clock(clock), properties.maxEntries());
        }

        @Bean
        @ConditionalOnMissingBean
        OrderStore hasuraInMemoryOrderStore(HasuraInboxProperties properties) {
            return new InMemoryOrderStore(properties.maxEntries());
        }
    }

    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty(name = "hasura.delivery.dead-letters", havingValue = "log", matchIfMissing = true)
    DeadLetterHandler hasuraLoggingDeadLetters() {
        return new LoggingDeadLetterHandler();
    }
}
