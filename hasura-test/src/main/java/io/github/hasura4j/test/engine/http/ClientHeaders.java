package io.github.hasura4j.test.engine.http;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What webhooks get to see of a client's headers ({@code webhooks.md} 1.3, 4). */
public final class ClientHeaders {

    private static final Set<String> IGNORED = Set.of(
            "content-length",
            "content-md5",
            "user-agent",
            "host",
            "origin",
            "referer",
            "accept",
            "accept-encoding",
            "accept-language",
            "accept-datetime",
            "cache-control",
            "connection",
            "dnt",
            "content-type");

    private ClientHeaders() {}

    /** For handlers that want them forwarded: neither the usual ones nor {@code x-hasura-*}, but where the client came from. */
    public static Map<String, String> forwarded(Map<String, List<String>> client) {
        return forwarded(client, IGNORED);
    }

    /**
     * The same without other headers than the usual ones.
     *
     * @param ignored names of headers that stay behind
     */
    public static Map<String, String> forwarded(Map<String, List<String>> client, Collection<String> ignored) {
        Set<String> behind = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        behind.addAll(ignored);
        Map<String, String> forwarded = new LinkedHashMap<>();
        all(client).forEach((name, value) -> {
            String lower = name.toLowerCase(Locale.ROOT);
            switch (lower) {
                case "host" -> forwarded.put("X-Forwarded-Host", value);
                case "user-agent" -> forwarded.put("X-Forwarded-User-Agent", value);
                case "origin" -> forwarded.put("X-Forwarded-Origin", value);
                default -> {}
            }
            if (!behind.contains(name) && !lower.startsWith("x-hasura-")) {
                forwarded.put(name, value);
            }
        });
        return forwarded;
    }

    /** For an auth hook that is asked by GET: what the client claims to be is among them. */
    public static Map<String, String> withoutTheUsual(Map<String, List<String>> client) {
        Map<String, String> headers = all(client);
        headers.keySet().removeIf(name -> IGNORED.contains(name.toLowerCase(Locale.ROOT)));
        return headers;
    }

    /** Every one; of several values the last. */
    public static Map<String, String> all(Map<String, List<String>> client) {
        Map<String, String> headers = new LinkedHashMap<>();
        client.forEach((name, values) -> {
            if (!values.isEmpty()) {
                headers.put(name, values.get(values.size() - 1));
            }
        });
        return headers;
    }
}
