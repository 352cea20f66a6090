package io.github.hasura4j.test;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Looks into the database of a local engine, and changes it past the engine. */
final class Database {

    private final LocalHasura engine;

    private Database(LocalHasura engine) {
        this.engine = engine;
    }

    static Database of(LocalHasura engine) {
        return new Database(engine);
    }

    void run(String sql) {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of every row, as text. */
    List<String> column(String sql) {
        try (Connection connection = DriverManager.getConnection(engine.jdbcUrl());
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The one value of one row, as text. */
    String value(String sql) {
        List<String> values = column(sql);
        if (values.size() != 1) {
            throw new AssertionError("One row expected of '" + sql + "', but there are " + values.size());
        }
        return values.get(0);
    }
}
