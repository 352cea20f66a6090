package io.github.hasura4j.spring.delivery;

import javax.sql.DataSource;

import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@EnabledIfEnvironmentVariable(
        named = "MARIADB_URL",
        matches = "jdbc:.+",
        disabledReason = "MARIADB_URL names no MariaDB, such as jdbc:mariadb://localhost/test?user=root")
class MariaDbStoreTests extends JdbcStoreContract {

    private final DataSource database = new DriverManagerDataSource(System.getenv("MARIADB_URL"));

    @Override
    DataSource dataSource() {
        return database;
    }
}
