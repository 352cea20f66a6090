package io.github.hasura4j.test.engine.socket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A request up to its body.
 *
 * @param bytes as the client sent it
 * @param target what it asks for, with the query
 * @param headers its headers, names as sent
 */
public record RequestHead(byte[] bytes, String target, Map<String, List<String>> headers) {

    private static final int LARGEST = 64 * 1024;

    /** Reads a head, and not a byte more. */
    static RequestHead read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(512);
        int end = 0;
        while (end < 2) {
            int next = in.read();
            if (next < 0 || read.size() == LARGEST) {
                throw new EOFException("The request has no head, or one of more than " + LARGEST + " bytes");
            }
            read.write(next);
            end = next == '\n' ? end + 1 : next == '\r' ? end : 0;
        }
        return parse(read.toByteArray());
    }

    private static RequestHead parse(byte[] bytes) {
        String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\r?\n");
        String[] request = lines.length == 0 ? new String[0] : lines[0].split(" ");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.computeIfAbsent(lines[i].substring(0, colon), name -> new ArrayList<>())
                        .add(lines[i].substring(colon + 1).strip());
            }
        }
        return new RequestHead(bytes, request.length > 1 ? request[1] : "", headers);
    }

    /** Whether the client wants to go on with WebSocket frames. */
    boolean upgrades() {
        String upgrade = first("upgrade");
        return upgrade != null && upgrade.toLowerCase(Locale.ROOT).contains("websocket");
    }

    /** What is asked for, without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The values of a header, whatever its case. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>();
        headers.forEach((each, more) -> {
            if (each.equalsIgnoreCase(name)) {
                values.addAll(more);
            }
        });
        return values;
    }

    public @Nullable String first(String name) {
        List<String> values = all(name);
        return values.isEmpty() ? null : values.get(0);
    }

    /** Leaves the headers out. */
    @Override
    public String toString() {
        return "RequestHead[" + path() + "]";
    }
}
