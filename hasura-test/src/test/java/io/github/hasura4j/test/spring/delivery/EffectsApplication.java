package io.github.hasura4j.test.spring.delivery;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.hasura4j.spring.HasuraEvent;
import io.github.hasura4j.spring.delivery.Idempotent;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Writes a row for each event; nothing in the table keeps it from writing two. Killed and started again by tests. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class EffectsApplication {

    static final String TABLE = "CREATE TABLE effect (note int NOT NULL)";

    public static void main(String[] args) {
        SpringApplication.run(EffectsApplication.class, args);
    }

    @Bean
    DataSource dataSource(@Value("${effects.jdbc-url}") String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    Notes notes(DataSource dataSource) {
        return new Notes(new JdbcTemplate(dataSource));
    }

    record Note(Integer id) {}

    static class Notes {

        private final JdbcTemplate jdbc;

        Notes(JdbcTemplate jdbc) {
            this.jdbc = jdbc;
        }

        @HasuraEvent("noted")
        @Idempotent
        void noted(Note note) {
            jdbc.update("INSERT INTO effect VALUES (?)", note.id());
        }
    }
}
