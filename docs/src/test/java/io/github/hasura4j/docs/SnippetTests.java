package io.github.hasura4j.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java block of the README and the guide is cut from code that is compiled and tested.
 *
 * <p>A block follows a line {@code <!-- snippet: path/of/File.java#tag -->}; in the file the region stands between {@code //
 * tag::tag[]} and {@code // end::tag[]}. {@code mvn -pl docs test -Dsnippets.update} writes the regions into the pages.
 */
class SnippetTests {

    private static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile(
            "<!-- snippet: (?<file>[^#\\s]+)#(?<tag>[\\w-]+) -->(?:\n```java\n.*?```)?|```java\n(?<code>.*?)```",
            Pattern.DOTALL);

    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

    static List<Path> pages() {
        List<Path> pages = new ArrayList<>();
        for (Path directory : List.of(ROOT, ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.list(directory)) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return pages;
    }

    @Test
    void seesThePages() {
        assertThat(pages()).hasSizeGreaterThan(8).anyMatch(page -> page.endsWith("README.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void showsOnlyTestedJava(Path page) throws IOException {
        String text = Files.readString(page);
        StringBuilder updated = new StringBuilder();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            assertThat(block.group("file"))
                    .as(
                            "%s has a Java block without '<!-- snippet: File.java#tag -->' above it:%n%s",
                            page, block.group("code"))
                    .isNotNull();
            String region = region(block.group("file"), block.group("tag"));
            block.appendReplacement(
                    updated,
                    Matcher.quoteReplacement("<!-- snippet: " + block.group("file") + "#" + block.group("tag")
                            + " -->\n```java\n" + region + "```"));
        }
        block.appendTail(updated);
        if (System.getProperty("snippets.update") != null) {
            Files.writeString(page, updated.toString());
        } else {
            assertThat(text)
                    .as("%s shows code that has changed since: run mvn -pl docs test -Dsnippets.update", page)
                    .isEqualTo(updated.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksToWhatIsThere(Path page) throws IOException {
        Matcher link = LINK.matcher(Files.readString(page));
        while (link.find()) {
            assertThat(page.resolveSibling(link.group(1)))
                    .as("a link of %s", page)
                    .exists();
        }
    }

    private static String region(String file, String tag) throws IOException {
        Path source = ROOT.resolve(file);
        assertThat(source).as("the file of a snippet").exists();
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(source)) {
            String stripped = line.strip();
            if (stripped.equals("// tag::" + tag + "[]")) {
                inside = true;
            } else if (stripped.equals("// end::" + tag + "[]")) {
                inside = false;
            } else if (inside && !stripped.matches("// (tag|end)::.*\\[]")) {
                lines.add(line);
            }
        }
        assertThat(lines).as("the region '%s' of %s", tag, file).isNotEmpty();
        return String.join("\n", lines).stripIndent().strip() + "\n";
    }
}
