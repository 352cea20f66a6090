package io.github.hasura4j.test.engine;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.hasura4j.client.project.HeaderMetadata;
import org.jspecify.annotations.Nullable;

/** The engine's environment variables, and the templates that use them ({@code metadata.md} A.5). */
public final class Environment {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*}}");

    private final Map<String, String> values;

    public Environment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** The value of a variable, or null if it is not set. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /**
     * The text with every {@code {{VARIABLE}}} filled in.
     *
     * @throws IllegalArgumentException in the engine's words, if a variable is not set
     */
    public String resolve(String template) {
        Matcher matcher = VARIABLE.matcher(template);
        StringBuilder resolved = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(resolved, Matcher.quoteReplacement(require(matcher.group(1))));
        }
        return matcher.appendTail(resolved).toString();
    }

    /**
     * The URL of a handler, given as a template or as the name of a variable that holds it.
     *
     * @throws IllegalArgumentException if neither is given or a variable is not set
     */
    public String url(@Nullable String template, @Nullable String variable) {
        if (template != null) {
            return resolve(template);
        }
        if (variable != null) {
            return require(variable);
        }
        throw new IllegalArgumentException("no URL is given");
    }

    /** The value of a configured header. */
    public String header(HeaderMetadata header) {
        String value = header.value();
        return value == null ? url(null, header.valueFromEnv()) : resolve(value);
    }

    private String require(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("Value for environment variables not found: " + name);
        }
        return value;
    }
}
