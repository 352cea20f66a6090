package io.github.hasura4j.benchmarks;

import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.Idempotent;
import io.github.hasura4j.spring.delivery.KeepOrder;
import io.github.hasura4j.spring.delivery.Limit;
import io.github.hasura4j.spring.delivery.OnlyWhen;
import io.github.hasura4j.spring.delivery.Retry;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The same handler with one feature each, on a database in memory, so that its speed does not hide the price. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(FeaturesServer.Handlers.class)
public class FeaturesServer {

    static final List<String> TRIGGERS =
            List.of("plain", "retried", "filtered", "limited", "marked", "leased", "ordered");

    public static void main(String[] args) {
        SpringApplication.run(FeaturesServer.class, args);
    }

    @Bean
    DataSource dataSource() {
        HikariDataSource dataSource = new HikariDataSource();
        dataSource.setJdbcUrl("jdbc:h2:mem:features;DB_CLOSE_DELAY=-1");
        dataSource.setMaximumPoolSize(32);
        return dataSource;
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    static class Handlers {

        @HasuraEvent
        void plain(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @Retry
        void retried(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @OnlyWhen(changed = "status", to = "PAID")
        void filtered(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @Limit(concurrency = 1000)
        void limited(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @Idempotent
        void marked(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @Idempotent(mode = Idempotent.Mode.LEASE)
        void leased(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @KeepOrder(key = "#event.id()")
        void ordered(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }
    }
}
