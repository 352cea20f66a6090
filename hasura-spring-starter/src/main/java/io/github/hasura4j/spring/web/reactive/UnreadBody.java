package io.github.hasura4j.spring.web.reactive;

import java.io.IOException;
import java.io.InputStream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;

/** A body that is not asked for before somebody reads it, and whose trouble is an {@code IOException}. */
final class UnreadBody extends InputStream {

    /** How many buffers may wait to be read. */
    private static final int READ_AHEAD = 8;

    private final Flux<DataBuffer> buffers;
    private @Nullable InputStream opened;

    UnreadBody(Flux<DataBuffer> buffers) {
        this.buffers = buffers;
    }

    /** Whether nobody has asked for it. */
    boolean isUnread() {
        return opened == null;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            InputStream body = opened;
            if (body == null) {
                body = DataBufferUtils.subscriberInputStream(buffers, READ_AHEAD);
                opened = body;
            }
            return body.read(target, offset, length);
        } catch (RuntimeException e) {
            // The server's own word for a connection that was closed, among others.
            throw new IOException("the body cannot be read", e);
        }
    }

    @Override
    public void close() throws IOException {
        if (opened != null) {
            opened.close();
        }
    }
}
