package io.github.hasura4j.client.project;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One step of a database's schema.
 *
 * @param source the database it belongs to; {@code default} in projects of config version 2
 * @param version the number before the first underscore, by which migrations are ordered
 * @param name the rest of the folder's name
 * @param up the file that applies it
 */
public record Migration(String source, BigInteger version, String name, Path up) {

    /** The SQL text; empty is possible, and means nothing to do. */
    public String sql() {
        try {
            return Files.readString(up);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the migration " + up, e);
        }
    }
}
