package io.github.hasura4j.spring.metadata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Finds where in a project's files something stands, for people to look at: by its text, so a place may be missing. */
final class Places {

    private static final Set<String> NOT_METADATA = Set.of("migrations", "seeds", "node_modules");

    private final @Nullable Path directory;
    private @Nullable Map<String, List<String>> files;

    private Places(@Nullable Path directory) {
        this.directory = directory;
    }

    static Places in(Path directory) {
        return new Places(directory);
    }

    /** Where there are no files. */
    static Places ofTheEngine() {
        return new Places(null);
    }

    /** An action of {@code actions.graphql}, or one of its arguments. */
    String action(String name, @Nullable String argument) {
        return find(
                "actions.graphql",
                "\\s*%s\\s*[(:].*".formatted(Pattern.quote(name)),
                argument,
                "action '" + name + "'");
    }

    /** A type of {@code actions.graphql}, or a field or value of it. */
    String type(String name, @Nullable String member) {
        return find(
                "actions.graphql",
                "\\s*(type|input|enum|scalar)\\s+%s\\b.*".formatted(Pattern.quote(name)),
                member,
                "type '" + name + "'");
    }

    /** An entry with this name, in files whose path has this text. */
    String entry(String file, String name, String otherwise) {
        return find(file, "\\s*(-\\s+)?name:\\s*['\"]?%s['\"]?\\s*".formatted(Pattern.quote(name)), null, otherwise);
    }

    /** The first line with this text, in files whose path has the other. */
    String text(String file, String text, String otherwise) {
        return find(file, ".*%s.*".formatted(Pattern.quote(text)), null, otherwise);
    }

    private String find(String file, String line, @Nullable String below, String otherwise) {
        Predicate<String> isLine = Pattern.compile(line).asMatchPredicate();
        Predicate<String> isBelow = Pattern.compile(
                        "(.*\\W)?%s\\W?.*".formatted(Pattern.quote(below == null ? "" : below)))
                .asMatchPredicate();
        for (Map.Entry<String, List<String>> each : files().entrySet()) {
            List<String> lines = each.getValue();
            for (int i = 0; each.getKey().contains(file) && i < lines.size(); i++) {
                if (isLine.test(lines.get(i))) {
                    int at = below == null ? i : lineBelow(lines, i, isBelow);
                    return each.getKey() + ":" + (at + 1);
                }
            }
        }
        return otherwise + (directory == null ? " in the engine" : " in " + file);
    }

    /** The line of a member, not looking behind the block's end; the block's own if there is none. */
    private static int lineBelow(List<String> lines, int start, Predicate<String> isLine) {
        for (int i = start; i < lines.size(); i++) {
            if (isLine.test(lines.get(i))) {
                return i;
            }
            if (lines.get(i).startsWith("}")) {
                break;
            }
        }
        return start;
    }

    private Map<String, List<String>> files() {
        Map<String, List<String>> known = files;
        if (known == null) {
            known = directory == null ? Map.of() : read(directory);
            files = known;
        }
        return known;
    }

    private static Map<String, List<String>> read(Path directory) {
        Map<String, List<String>> files = new LinkedHashMap<>();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    String name = String.valueOf(visited.getFileName());
                    boolean skipped = !visited.equals(directory) && name.startsWith(".") || NOT_METADATA.contains(name);
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (file.toString().matches(".*\\.(graphql|ya?ml)")) {
                        files.put(directory.relativize(file).toString().replace('\\', '/'), Files.readAllLines(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
