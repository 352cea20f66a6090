package io.github.hasura4j.spring.dispatch;

import java.io.IOException;
import java.io.InputStream;

import io.github.hasura4j.spring.WebhookHeaders;
import org.jspecify.annotations.Nullable;

/** Reads a body up to the limit, whether the sender says its length or not. */
final class BodyReader {

    /** How much of a refused body is read and forgotten, so that its sender, still writing, gets to see the answer. */
    private static final long DRAINED = 64L << 20;

    private final int limit;

    BodyReader(long limit) {
        this.limit = (int) Math.max(1, Math.min(limit, Integer.MAX_VALUE - 8));
    }

    byte[] read(WebhookHeaders headers, InputStream body) {
        long declared = declaredLength(headers.first("content-length"));
        try {
            if (declared <= limit) {
                byte[] read = body.readNBytes(limit);
                if (read.length < limit || body.read() < 0) {
                    return read;
                }
            }
            drain(body);
        } catch (IOException e) {
            throw Refusal.unreadable();
        }
        throw Refusal.tooLarge(limit);
    }

    private static void drain(InputStream body) throws IOException {
        byte[] buffer = new byte[8192];
        long left = DRAINED;
        for (int read; left > 0 && (read = body.read(buffer)) >= 0; left -= read) {}
    }

    private static long declaredLength(@Nullable String header) {
        try {
            return header == null ? -1 : Long.parseLong(header);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
