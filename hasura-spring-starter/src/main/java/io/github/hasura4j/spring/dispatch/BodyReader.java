package io.github.hasura4j.spring.dispatch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

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
                byte[] read = declared < 0 ? body.readNBytes(limit) : readDeclared(body, (int) declared);
                if (read.length < limit || read.length == limit && body.read() < 0) {
                    return read;
                }
            }
            drain(body);
        } catch (IOException e) {
            throw Refusal.unreadable();
        }
        throw Refusal.tooLarge(limit);
    }

    /** Straight into an array of the right size, which costs the half; more than the limit if there is more than was declared. */
    private byte[] readDeclared(InputStream body, int declared) throws IOException {
        byte[] read = new byte[declared];
        int length = body.readNBytes(read, 0, declared);
        int next = length < declared ? -1 : body.read();
        if (next < 0) {
            return length == declared ? read : Arrays.copyOf(read, length);
        }
        // Somebody in front of us has unpacked the body and left the header as it was.
        ByteArrayOutputStream all = new ByteArrayOutputStream(declared * 2);
        all.write(read, 0, length);
        all.write(next);
        all.write(body.readNBytes(limit - declared));
        return all.toByteArray();
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
