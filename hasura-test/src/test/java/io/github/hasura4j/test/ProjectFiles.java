package io.github.hasura4j.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a small Hasura project for one test. */
final class ProjectFiles {

    private final Path directory;

    private ProjectFiles(Path directory) {
        this.directory = directory;
    }

    static ProjectFiles in(Path directory) {
        return new ProjectFiles(directory)
                .with("config.yaml", "version: 3\n")
                .with("metadata/version.yaml", "version: 3\n");
    }

    ProjectFiles with(String file, String content) {
        try {
            Path target = directory.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One table file, tracked. */
    ProjectFiles withTable(String name, String yaml) {
        Path list = directory.resolve("metadata/databases/default/tables/tables.yaml");
        try {
            String before = Files.exists(list) ? Files.readString(list) : "";
            with(
                    "metadata/databases/databases.yaml",
                    "- name: default\n  kind: postgres\n  tables: \"!include default/tables/tables.yaml\"\n");
            with("metadata/databases/default/tables/tables.yaml", before + "- \"!include " + name + ".yaml\"\n");
            return with("metadata/databases/default/tables/" + name + ".yaml", yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProjectFiles withMigration(String sql) {
        return with("migrations/default/1_init/up.sql", sql);
    }

    Path directory() {
        return directory;
    }
}
