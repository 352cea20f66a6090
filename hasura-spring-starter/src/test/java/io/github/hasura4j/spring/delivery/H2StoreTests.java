package io.github.hasura4j.spring.delivery;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterAll;

class H2StoreTests extends JdbcStoreContract {

    private static final JdbcConnectionPool DATABASE =
            JdbcConnectionPool.create("jdbc:h2:mem:inbox;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000", "sa", "");

    @AfterAll
    static void close() {
        DATABASE.dispose();
    }

    @Override
    DataSource dataSource() {
        return DATABASE;
    }
}
