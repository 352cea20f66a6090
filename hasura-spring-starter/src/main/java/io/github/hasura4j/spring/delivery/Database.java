package io.github.hasura4j.spring.delivery;

import java.nio.charset.StandardCharsets;
import java.sql.DatabaseMetaData;
import java.util.Locale;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;

/** What the databases do differently. */
enum Database {
    POSTGRESQL("INSERT ", " ON CONFLICT DO NOTHING"),
    MYSQL("INSERT IGNORE ", ""),
    H2("INSERT ", "");

    private final String before;
    private final String after;

    Database(String before, String after) {
        this.before = before;
        this.after = after;
    }

    static Database of(DataSource dataSource) {
        String name;
        try {
            name = JdbcUtils.extractDatabaseMetaData(dataSource, DatabaseMetaData::getDatabaseProductName);
        } catch (MetaDataAccessException e) {
            throw new IllegalStateException("Cannot ask the database what it is", e);
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "postgresql" -> POSTGRESQL;
            case "mysql", "mariadb" -> MYSQL;
            case "h2" -> H2;
            default -> throw new IllegalStateException("""
                        The inbox knows PostgreSQL, MySQL, MariaDB and H2, not %s. Declare an InboxStore bean of your own""".formatted(name));
        };
    }

    /** Makes what is not there yet. */
    void createSchema(DataSource dataSource) {
        ResourceDatabasePopulator script = new ResourceDatabasePopulator(
                new ClassPathResource("schema-" + name().toLowerCase(Locale.ROOT) + ".sql", Database.class));
        script.setSqlScriptEncoding(StandardCharsets.UTF_8.name());
        new OwnTransactions(dataSource).committed(() -> {
            script.execute(dataSource);
            return true;
        });
    }

    /**
     * Inserts a row unless its key is there, without hurting the transaction; waits for another transaction that has just inserted it.
     *
     * @param into the statement after {@code INSERT}
     * @return whether the row is new
     */
    boolean insertIfAbsent(JdbcTemplate jdbc, String into, Object... values) {
        try {
            return jdbc.update(before + into + after, values) == 1;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }
}
