package io.github.hasura4j.test.engine.catalog;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.hasura4j.test.LocalHasuraException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** An embedded Postgres of our own and a pool of connections to its one database. */
public final class PostgresServer implements AutoCloseable {

    /** The driver asks for the zone of this JVM when it connects; the engine's sessions are the server's. */
    private static final String UTC = "SET TIME ZONE 'UTC'";

    private final EmbeddedPostgres postgres;
    private final @Nullable ThrowAwayData data;
    private final HikariDataSource pool;

    private PostgresServer(EmbeddedPostgres postgres, @Nullable ThrowAwayData data, HikariDataSource pool) {
        this.postgres = postgres;
        this.data = data;
        this.pool = pool;
    }

    /**
     * Starts a server on a free port.
     *
     * @param data where to keep the data between runs; null to throw it away at the end
     */
    public static PostgresServer start(@Nullable Path data) {
        try {
            if (data != null) {
                return serve(
                        launcher(true)
                                .setDataDirectory(data)
                                .setCleanDataDirectory(false)
                                .start(),
                        null);
            }
            ThrowAwayData throwAway = ThrowAwayData.create();
            return serve(launch(throwAway), throwAway);
        } catch (IOException | RuntimeException e) {
            throw new LocalHasuraException(
                    "The embedded Postgres does not start%s. Run with the log level DEBUG for io.zonky.test to see its output"
                            .formatted(data == null ? "" : " on the data in '%s'".formatted(data)),
                    e);
        }
    }

    private static EmbeddedPostgres.Builder launcher(boolean durable) {
        String durability = durable ? "on" : "off";
        return EmbeddedPostgres.builder()
                .setServerConfig("timezone", "UTC")
                .setServerConfig("fsync", durability)
                .setServerConfig("full_page_writes", durability)
                .setServerConfig("synchronous_commit", durability);
    }

    private static EmbeddedPostgres launch(ThrowAwayData data) throws IOException {
        try {
            EmbeddedPostgres postgres =
                    launcher(false).setDataDirectory(data.directory()).start();
            data.launched();
            return postgres;
        } catch (IOException | RuntimeException | Error e) {
            data.failed();
            throw e;
        }
    }

    private static PostgresServer serve(EmbeddedPostgres postgres, @Nullable ThrowAwayData data) {
        try {
            PGSimpleDataSource source = (PGSimpleDataSource) postgres.getPostgresDatabase();
            HikariConfig config = new HikariConfig();
            config.setPoolName("local-hasura");
            config.setDataSource(source);
            config.setConnectionInitSql(UTC);
            config.setMaximumPoolSize(20);
            config.setMinimumIdle(1);
            return new PostgresServer(postgres, data, new HikariDataSource(config));
        } catch (RuntimeException e) {
            close(postgres, data);
            throw e;
        }
    }

    /** A connection of the pool; close it to give it back. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    /** Reads one row of an answer. */
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a statement that answers with rows, in a transaction of its own. Instants may be among the parameters. */
    public <T> List<T> query(String sql, RowReader<T> reader, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet result = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(reader.read(result));
            }
            return rows;
        }
    }

    /**
     * Runs a statement that changes rows, in a transaction of its own. Instants may be among the parameters.
     *
     * @return how many rows it changed
     */
    public int update(String sql, @Nullable Object... parameters) throws SQLException {
        try (Connection connection = connection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < parameters.length; i++) {
                Object parameter = parameters[i];
                statement.setObject(
                        i + 1, parameter instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : parameter);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** A JDBC URL for tools and tests. */
    public String jdbcUrl() {
        return postgres.getJdbcUrl("postgres", "postgres");
    }

    /** A connection of its own, for SQL that may change the session; close it to end it. */
    public Connection dedicated() throws SQLException {
        Properties user = new Properties();
        user.setProperty("user", "postgres");
        Connection connection = java.sql.DriverManager.getConnection(jdbcUrl(), user);
        try (Statement statement = connection.createStatement()) {
            statement.execute(UTC);
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Runs SQL text of any number of statements in one transaction, on a connection that nobody uses afterwards. */
    public void runScript(String sql) throws SQLException {
        try (Connection connection = dedicated();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.setEscapeProcessing(false);
            statement.execute(sql);
            connection.commit();
        }
    }

    @Override
    public void close() {
        pool.close();
        close(postgres, data);
    }

    private static void close(EmbeddedPostgres postgres, @Nullable ThrowAwayData data) {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new LocalHasuraException("The embedded Postgres does not stop", e);
        } finally {
            if (data != null) {
                data.closed();
            }
        }
    }
}
