package io.github.hasura4j.spring.dispatch;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

import io.github.hasura4j.spring.WebhookKind;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** Where the endpoints are, and what a path below one of them means. Immutable. */
public final class WebhookEndpoints {

    private final Map<WebhookKind, String> paths;

    /** @param paths for each kind a path that begins with a slash, does not end with one, and is not below another */
    public WebhookEndpoints(Map<WebhookKind, String> paths) {
        this.paths = new EnumMap<>(paths);
    }

    /**
     * What a request to this path is for, or null if it is none of ours.
     *
     * @param path the path within the application, as the client encoded it
     */
    public @Nullable Target find(String path) {
        for (Map.Entry<WebhookKind, String> endpoint : paths.entrySet()) {
            String begin = endpoint.getValue();
            if (path.startsWith(begin) && (path.length() == begin.length() || path.charAt(begin.length()) == '/')) {
                return new Target(endpoint.getKey(), name(path, begin.length() + 1));
            }
        }
        return null;
    }

    /** All paths of an endpoint as one pattern, for metrics and traces: {@code /hasura/actions/{name}}. */
    public String pattern(WebhookKind kind) {
        return paths.get(kind) + "/{name}";
    }

    /** What stands behind the endpoint's path, without a slash at its end; null if that is nothing. */
    private static @Nullable String name(String path, int begin) {
        int end = path.endsWith("/") ? path.length() - 1 : path.length();
        if (end <= begin) {
            return null;
        }
        String name = path.substring(begin, end);
        return name.indexOf('%') < 0 ? name : decoded(name);
    }

    private static String decoded(String name) {
        try {
            return StringUtils.uriDecode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // No handler is called so.
        }
    }

    /**
     * What a request is for.
     *
     * @param kind the endpoint's kind
     * @param name what stands behind the endpoint's path, decoded: a handler's name, or the secret of an auth hook; null for nothing
     */
    public record Target(WebhookKind kind, @Nullable String name) {

        /** Leaves the name out, which may be a secret. */
        @Override
        public String toString() {
            return "Target[kind=" + kind + "]";
        }
    }
}
