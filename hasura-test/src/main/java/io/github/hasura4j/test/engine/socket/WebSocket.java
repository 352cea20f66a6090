package io.github.hasura4j.test.engine.socket;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server's side of one WebSocket (RFC 6455), without extensions; text only. Sending is safe for several threads. */
final class WebSocket {

    private static final Logger LOG = LoggerFactory.getLogger(WebSocket.class);
    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int LARGEST_MESSAGE = 16 * 1024 * 1024;
    private static final int LARGEST_REASON = 123;
    private static final int WAITING = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    private static final int LAST = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(WAITING);
    private final Thread writer;
    private volatile long closed;
    private volatile boolean closing;
    private volatile boolean ended;

    private WebSocket(Socket socket, InputStream in) {
        this.socket = socket;
        this.in = new DataInputStream(in);
        this.writer = new Thread(this::write, "local-hasura-websocket-writer");
        writer.setDaemon(true);
    }

    /** Accepts an upgrade; null, and an answer, if it is none. */
    static @Nullable WebSocket accept(RequestHead head, String protocol, InputStream in, Socket socket)
            throws IOException {
        String key = head.first("Sec-WebSocket-Key");
        if (key == null || !"13".equals(head.first("Sec-WebSocket-Version"))) {
            refuse(socket, "400 Bad Request");
            return null;
        }
        socket.getOutputStream()
                .write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + answerTo(key) + "\r\n"
                                + "Sec-WebSocket-Protocol: " + protocol + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        WebSocket accepted = new WebSocket(socket, in);
        accepted.writer.start();
        return accepted;
    }

    /** Answers with a status instead. */
    static void refuse(Socket socket, String status) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(("HTTP/1.1 " + status + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String answerTo(String key) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The client's next message; null when the connection has ended. Answers pings meanwhile. */
    @Nullable
    String read() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean begun = false;
        while (true) {
            int first = in.read();
            if (first < 0) {
                return null;
            }
            int opcode = first & 0xF;
            byte[] payload = payload(message.size());
            if (payload == null || (first & 0x70) != 0) {
                close(payload == null ? 1009 : 1002, "");
                return null;
            }
            switch (opcode) {
                case CLOSE -> {
                    echo(payload);
                    return null;
                }
                case PING -> offer(frame(PONG, payload));
                case PONG -> {}
                case TEXT, CONTINUATION -> {
                    if ((opcode == CONTINUATION) != begun) {
                        close(1002, "");
                        return null;
                    }
                    begun = true;
                    message.writeBytes(payload);
                    if ((first & LAST) != 0) {
                        return text(message.toByteArray());
                    }
                }
                default -> {
                    close(1003, "");
                    return null;
                }
            }
        }
    }

    private @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            close(1007, "");
            return null;
        }
    }

    /** A frame's payload, unmasked; null if it is too long. */
    private byte @Nullable [] payload(int before) throws IOException {
        int second = in.readUnsignedByte();
        long length = second & 0x7F;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (length < 0 || length > LARGEST_MESSAGE - before) {
            return null;
        }
        byte[] mask = new byte[4];
        if ((second & 0x80) != 0) {
            in.readFully(mask);
        }
        byte[] payload = new byte[(int) length];
        in.readFully(payload);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i & 3];
        }
        return payload;
    }

    /** Sends a text; waits while the client does not read. */
    void send(String text) {
        byte[] frame = frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        try {
            boolean sent = false;
            while (!sent && !closing && !ended) {
                sent = waiting.offer(frame, 50, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends a text, unless the client does not read. */
    void offer(String text) {
        offer(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    private void offer(byte[] frame) {
        if (!closing && !waiting.offer(frame)) {
            LOG.debug("A client of the local engine's WebSocket does not read");
        }
    }

    /** Whether everything has been handed to the network. */
    boolean idle() {
        return waiting.isEmpty();
    }

    boolean ended() {
        return ended;
    }

    /** Whether it was closed a while ago, and the client has not answered. */
    boolean overdue(long nanos) {
        return closing && nanos - closed > PATIENCE.toNanos();
    }

    /** Closes it after what has been sent before; whatever is sent later is dropped. */
    void close(int code, String reason) {
        byte[] text = reason.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(text.length, LARGEST_REASON);
        // Not in the middle of a character.
        while (length < text.length && (text[length] & 0xC0) == 0x80) {
            length--;
        }
        finish(ByteBuffer.allocate(2 + length)
                .putShort((short) code)
                .put(text, 0, length)
                .array());
    }

    private void echo(byte[] payload) {
        finish(payload.length > LARGEST_REASON + 2 ? new byte[0] : payload);
    }

    private synchronized void finish(byte[] payload) {
        if (closing) {
            return;
        }
        closed = System.nanoTime();
        closing = true;
        byte[] frame = frame(CLOSE, payload);
        while (!waiting.offer(frame)) {
            waiting.poll();
        }
    }

    /** Ends it without a word. */
    void cut() {
        ended = true;
        closing = true;
        writer.interrupt();
        try {
            socket.close();
        } catch (IOException e) {
            LOG.trace("Cannot close a WebSocket: {}", e.getMessage());
        }
    }

    /** Ends it once the farewell has been written, at the latest after a moment. */
    void end() {
        try {
            if (closing && !ended) {
                writer.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        cut();
    }

    private void write() {
        try {
            OutputStream out = socket.getOutputStream();
            byte[] frame;
            do {
                frame = waiting.take();
                out.write(frame);
            } while ((frame[0] & 0xF) != CLOSE);
            socket.shutdownOutput();
        } catch (IOException e) {
            LOG.trace("A WebSocket has ended: {}", e.getMessage());
            cut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] frame(int opcode, byte[] payload) {
        int length = payload.length;
        ByteBuffer frame = ByteBuffer.allocate(length + 10).put((byte) (LAST | opcode));
        if (length < 126) {
            frame.put((byte) length);
        } else if (length < 65_536) {
            frame.put((byte) 126).putShort((short) length);
        } else {
            frame.put((byte) 127).putLong(length);
        }
        frame.put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip();
        frame.get(bytes);
        return bytes;
    }
}
