package io.github.hasura4j.test.spring;

import io.github.hasura4j.spring.autoconfigure.HasuraDeliveryAutoConfiguration;
import io.github.hasura4j.spring.autoconfigure.HasuraWebhookAutoConfiguration;
import io.github.hasura4j.spring.delivery.DeadLetterHandler;
import io.github.hasura4j.spring.delivery.DeliveryCounts;
import io.github.hasura4j.spring.delivery.FilterAdvisor;
import io.github.hasura4j.spring.delivery.HandlerTransactions;
import io.github.hasura4j.spring.delivery.InboxStore;
import io.github.hasura4j.spring.delivery.JdbcInboxStore;
import io.github.hasura4j.spring.delivery.LoggingDeadLetterHandler;
import io.github.hasura4j.spring.delivery.OrderStore;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

/**
 * What the annotations of a slice's handlers need without a database, so that they do what they do in production. Limits and the
 * loop guard are left out: they are about many calls, and about what a client writes.
 */
@AutoConfiguration(after = HasuraDeliveryAutoConfiguration.class, before = HasuraWebhookAutoConfiguration.class)
public final class HasuraSliceAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    DeliveryCounts hasuraDeliveryCounts() {
        return new DeliveryCounts();
    }

    @Bean
    @ConditionalOnMissingBean
    FilterAdvisor hasuraFilterAdvisor(DeliveryCounts counts) {
        return new FilterAdvisor(counts);
    }

    /** For an application that keeps them in its database. */
    @Bean
    @ConditionalOnMissingBean(DeadLetterHandler.class)
    LoggingDeadLetterHandler hasuraLoggingDeadLetters() {
        return new LoggingDeadLetterHandler();
    }

    /** Not for the marks of a database, which go into no other transaction than its own. */
    @Bean
    @ConditionalOnMissingBean({HandlerTransactions.class, JdbcInboxStore.class})
    SliceTransactions hasuraSliceTransactions() {
        return new SliceTransactions();
    }

    @Bean
    @ConditionalOnBean(SliceTransactions.class)
    @ConditionalOnMissingBean(InboxStore.class)
    SliceInboxStore hasuraSliceInboxStore(SliceTransactions transactions) {
        return new SliceInboxStore(transactions);
    }

    @Bean
    @ConditionalOnMissingBean(OrderStore.class)
    SliceOrderStore hasuraSliceOrderStore() {
        return new SliceOrderStore();
    }
}
