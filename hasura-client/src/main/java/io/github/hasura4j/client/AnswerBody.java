package io.github.hasura4j.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.zip.GZIPInputStream;

import org.jspecify.annotations.Nullable;

/**
 * Gathers the bytes of an answer, unpacked, up to a size and for as long as somebody has patience: neither a stream without end nor
 * a bomb fills the memory, and nobody waits for one that stalls.
 */
final class AnswerBody implements BodyHandler<byte[]> {

    private final int maxSize;
    private final boolean compression;
    private final IntConsumer onHead;
    private final Consumer<CompletableFuture<byte[]>> onBody;

    /**
     * @param onHead hears the status
     * @param onBody hears of the bytes before the first one is there; failing them with a {@link TimeoutException} ends the reading
     */
    AnswerBody(int maxSize, boolean compression, IntConsumer onHead, Consumer<CompletableFuture<byte[]>> onBody) {
        this.maxSize = maxSize;
        this.compression = compression;
        this.onHead = onHead;
        this.onBody = onBody;
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo head) {
        onHead.accept(head.statusCode());
        Limited bytes = new Limited(maxSize);
        onBody.accept(bytes.whole());
        boolean packed = compression
                && head.headers()
                        .firstValue("Content-Encoding")
                        .filter("gzip"::equalsIgnoreCase)
                        .isPresent();
        return packed ? BodySubscribers.mapping(bytes, this::unpacked) : bytes;
    }

    private byte[] unpacked(byte[] packed) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream((int) Math.min(maxSize, 4L * packed.length));
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (out.size() + read > maxSize) {
                    throw new TooLong();
                }
                out.write(buffer, 0, read);
            }
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class TooLong extends IOException {

        TooLong() {
            super("The answer is too long");
        }
    }

    private static final class Limited implements BodySubscriber<byte[]> {

        private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
        private final long maxSize;
        private long size;
        private boolean cancelled;
        private @Nullable Subscription subscription;

        Limited(long maxSize) {
            this.maxSize = maxSize;
            whole().whenComplete((body, failure) -> {
                if (failure instanceof TimeoutException) {
                    cancel();
                }
            });
        }

        private CompletableFuture<byte[]> whole() {
            return bytes.getBody().toCompletableFuture();
        }

        private synchronized void cancel() {
            if (subscription != null) {
                subscription.cancel();
            }
            subscription = null;
            cancelled = true;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return bytes.getBody();
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            synchronized (this) {
                this.subscription = subscription;
                if (cancelled) {
                    cancel();
                }
            }
            bytes.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer each : buffers) {
                size += each.remaining();
            }
            if (size <= maxSize) {
                bytes.onNext(buffers);
            } else {
                cancel();
                bytes.onError(new TooLong());
            }
        }

        @Override
        public void onError(Throwable failure) {
            bytes.onError(failure);
        }

        @Override
        public void onComplete() {
            bytes.onComplete();
        }
    }
}
