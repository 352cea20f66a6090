package io.github.hasura4j.client.project;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds migrations and seeds ({@code metadata.md} A.8). */
final class SqlFiles {

    private static final Pattern FOLDER = Pattern.compile("(\\d+)_(.*)");
    private static final Pattern FLAT = Pattern.compile("(\\d+)_(.*)\\.up\\.sql");

    private SqlFiles() {}

    static List<Migration> migrations(Path directory) throws IOException {
        List<Migration> found = new ArrayList<>();
        for (Path entry : children(directory)) {
            if (addMigration(found, "default", entry) || !Files.isDirectory(entry)) {
                continue;
            }
            String source = entry.getFileName().toString();
            for (Path step : children(entry)) {
                addMigration(found, source, step);
            }
        }
        found.sort(Comparator.comparing(Migration::source).thenComparing(Migration::version));
        return List.copyOf(found);
    }

    private static boolean addMigration(List<Migration> found, String source, Path entry) {
        String name = entry.getFileName().toString();
        if (Files.isDirectory(entry)) {
            Matcher folder = FOLDER.matcher(name);
            if (!folder.matches()) {
                return false;
            }
            Path up = entry.resolve("up.sql");
            if (Files.isRegularFile(up)) {
                found.add(new Migration(source, new BigInteger(folder.group(1)), folder.group(2), up));
            }
            return true;
        }
        Matcher flat = FLAT.matcher(name);
        if (flat.matches()) {
            found.add(new Migration(source, new BigInteger(flat.group(1)), flat.group(2), entry));
        }
        return flat.matches();
    }

    static List<Path> seeds(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".sql"))
                    .sorted()
                    .toList();
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.sorted().toList();
        }
    }
}
