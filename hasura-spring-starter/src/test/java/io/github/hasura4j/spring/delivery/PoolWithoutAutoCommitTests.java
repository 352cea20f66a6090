package io.github.hasura4j.spring.delivery;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code spring.datasource.hikari.auto-commit=false}: what nobody commits is gone when the connection goes back. */
class PoolWithoutAutoCommitTests extends JdbcStoreContract {

    private final JdbcConnectionPool connections = JdbcConnectionPool.create(
            "jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000".formatted(UUID.randomUUID()), "sa", "");

    private final DataSource pool = new DelegatingDataSource(connections) {
        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("close")) {
                            connection.rollback();
                            connection.setAutoCommit(true);
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    };

    @AfterEach
    void dispose() {
        connections.dispose();
    }

    @Override
    DataSource dataSource() {
        return pool;
    }

    /** Leased handlers have no transaction. */
    @Override
    void work(String id) {
        new TransactionTemplate(new JdbcTransactionManager(pool)).executeWithoutResult(any -> super.work(id));
    }
}
