package io.github.hasura4j.spring.autoconfigure;

import javax.sql.DataSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks at start-up for the tables that deliveries would miss. */
final class JdbcTables {

    private JdbcTables() {}

    /** The store, if its table can be read. */
    static <T> T requireThat(String table, DataSource dataSource, T store) {
        try {
            new JdbcTemplate(dataSource).queryForList("SELECT 1 FROM " + table + " WHERE 1 = 0");
            return store;
        } catch (BadSqlGrammarException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "hasura.inbox.initialize-schema", false, """
                    There is no table %s that could be read, and every delivery would fail. Put its SQL, which is in the jar of \
                    hasura-spring-starter as io/github/hasura4j/spring/delivery/schema-*.sql, into your migrations, or set this to \
                    true""".formatted(table), e);
        }
    }
}
