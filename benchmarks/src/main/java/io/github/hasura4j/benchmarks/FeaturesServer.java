package io.github.hasura4j.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.hasura4j.payload.EventPayload;
import io.github.hasura4j.spring.Fetch;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.Idempotent;
import io.github.hasura4j.spring.delivery.KeepOrder;
import io.github.hasura4j.spring.delivery.Limit;
import io.github.hasura4j.spring.delivery.OnlyWhen;
import io.github.hasura4j.spring.delivery.PublishAsApplicationEvent;
import io.github.hasura4j.spring.delivery.Retry;
import org.jspecify.annotations.Nullable;
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

    static final List<String> TRIGGERS = List.of(
            "plain",
            "retried",
            "filtered",
            "skipped",
            "limited",
            "published",
            "marked",
            "leased",
            "ordered",
            "fetched");

    public static void main(String[] args) throws IOException {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = "--hasura.client.endpoint=http://127.0.0.1:%d/10/v1/graphql".formatted(startEngine());
        SpringApplication.run(FeaturesServer.class, all);
    }

    /** For what is fetched: in a process of its own, which ends with this one. */
    private static int startEngine() throws IOException {
        Process engine = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StubEngine.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return Integer.parseInt(engine.inputReader().readLine());
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
        @OnlyWhen(changed = "status", to = "VOID")
        void skipped(EventPayload<Rows.Order, Void> event) {
            Sink.take(event.newRow());
        }

        @HasuraEvent
        @PublishAsApplicationEvent
        Rows.@Nullable Order published(EventPayload<Rows.Order, Void> event) {
            return event.newRow();
        }

        /** Ten rows, of the {@link StubEngine}. */
        @HasuraEvent
        void fetched(EventPayload<Rows.Order, Void> event, @Fetch("orders") List<Rows.Status> orders) {
            Sink.take(orders);
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
