package io.github.hasura4j.client.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Documents by name: files of the class path, each read once. What is not there is looked for again. */
public final class DocumentFiles {

    private static final Pattern NAME = Pattern.compile("[\\w-][\\w.-]*(/[\\w-][\\w.-]*)*");

    private final Map<String, String> texts = new ConcurrentHashMap<>();

    /**
     * The text of a document.
     *
     * @throws IllegalArgumentException if there is no such file, or the name is none for a file
     */
    public String text(String name) {
        String known = texts.get(name);
        if (known == null) {
            if (!NAME.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "A document's name is the path of its file below graphql/, without the ending: letters, digits, _ - . and /");
            }
            known = read(name);
            texts.put(name, known);
        }
        return known;
    }

    private static String read(String name) {
        List<String> tried = new ArrayList<>();
        for (String ending : List.of(".graphql", ".gql")) {
            String path = "graphql/" + name + ending;
            String text = resource(path);
            if (text != null) {
                return text;
            }
            tried.add(path);
        }
        throw new IllegalArgumentException(
                "No document '%s': neither %s is on the class path.".formatted(name, String.join(" nor ", tried)));
    }

    /** A file of the class path as text, or null if there is none. */
    public static @Nullable String resource(String path) {
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        InputStream found = context == null ? null : context.getResourceAsStream(path);
        if (found == null) {
            found = DocumentFiles.class.getClassLoader().getResourceAsStream(path);
        }
        if (found == null) {
            return null;
        }
        try (InputStream in = found) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The file '%s' of the class path cannot be read".formatted(path), e);
        }
    }
}
