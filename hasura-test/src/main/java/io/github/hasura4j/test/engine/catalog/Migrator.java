package io.github.hasura4j.test.engine.catalog;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import io.github.hasura4j.client.project.HasuraProject;
import io.github.hasura4j.client.project.Migration;
import io.github.hasura4j.test.LocalHasuraException;

/** Applies a project's own SQL files, as the engine's tool does ({@code local-engine.md} E.7). */
public final class Migrator {

    private static final String PREPARE = """
            CREATE EXTENSION IF NOT EXISTS pgcrypto;
            CREATE SCHEMA IF NOT EXISTS hdb_catalog;
            CREATE TABLE IF NOT EXISTS hdb_catalog.schema_migrations (
                source text NOT NULL, version numeric NOT NULL, PRIMARY KEY (source, version))""";

    private final PostgresServer postgres;

    public Migrator(PostgresServer postgres) {
        this.postgres = postgres;
    }

    /**
     * Applies what has not been applied yet, one transaction a file, in order.
     *
     * @return how many files were applied
     * @throws LocalHasuraException naming the file and what Postgres says, if one fails
     */
    public int migrate(HasuraProject project, String source) throws SQLException {
        postgres.runScript(PREPARE);
        Set<String> applied = applied(source);
        int count = 0;
        for (Migration migration : project.migrations()) {
            if (!migration.source().equals(source)
                    || applied.contains(migration.version().toString())) {
                continue;
            }
            run(migration.sql(), migration.up());
            record(migration);
            count++;
        }
        return count;
    }

    /** Runs the project's seed files, in order. */
    public void seed(HasuraProject project) {
        for (Path seed : project.seeds()) {
            try {
                run(Files.readString(seed), seed);
            } catch (java.io.IOException e) {
                throw new LocalHasuraException("Cannot read the seed file '%s'".formatted(seed), e);
            }
        }
    }

    private void run(String sql, Path file) {
        if (sql.isBlank()) {
            return;
        }
        try {
            postgres.runScript(sql);
        } catch (SQLException e) {
            throw new LocalHasuraException(
                    "'%s' fails: %s. The local engine runs a plain Postgres 17 with the contrib extensions"
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    private Set<String> applied(String source) throws SQLException {
        Set<String> versions = new HashSet<>();
        try (Connection connection = postgres.connection();
                PreparedStatement statement = connection.prepareStatement(
                        "SELECT version::text FROM hdb_catalog.schema_migrations WHERE source = ?")) {
            statement.setString(1, source);
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    versions.add(result.getString(1));
                }
            }
        }
        return versions;
    }

    private void record(Migration migration) throws SQLException {
        try (Connection connection = postgres.connection();
                PreparedStatement statement = connection.prepareStatement(
                        "INSERT INTO hdb_catalog.schema_migrations VALUES (?, ?::numeric)")) {
            statement.setString(1, migration.source());
            statement.setString(2, migration.version().toString());
            statement.executeUpdate();
        }
    }
}
