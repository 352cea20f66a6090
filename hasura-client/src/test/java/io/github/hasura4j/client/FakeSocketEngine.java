package io.github.hasura4j.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import graphql.ExecutionInput;
import graphql.GraphQL;
import graphql.ParseAndValidate;
import graphql.Scalars;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.idl.RuntimeWiring;
import graphql.schema.idl.SchemaGenerator;
import graphql.schema.idl.SchemaParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A WebSocket server of our own (RFC 6455, on the loopback) that says exactly what the test says, frame by frame, as the engine
 * would. Over HTTP it tells its schema and nothing else.
 */
final class FakeSocketEngine implements AutoCloseable {

    static final String SCHEMA = """
            schema { query: query_root subscription: subscription_root }
            scalar bigint  scalar timestamptz  scalar jsonb  scalar numeric
            enum cursor_ordering { ASC DESC }
            input event_stream_cursor_value_input { seq: bigint at: timestamptz id: Int }
            input event_stream_cursor_input { initial_value: event_stream_cursor_value_input! ordering: cursor_ordering }
            type event { seq: bigint! at: timestamptz! id: Int! kind: String payload: jsonb amount: numeric }
            type query_root { event: [event!]! }
            type subscription_root {
              event(limit: Int): [event!]!
              event_by_pk(seq: bigint!): event
              event_stream(batch_size: Int!, cursor: [event_stream_cursor_input]!): [event!]!
            }
            """;

    private static final GraphQLSchema TYPES = new SchemaGenerator()
            .makeExecutableSchema(
                    new SchemaParser().parse(SCHEMA),
                    RuntimeWiring.newRuntimeWiring()
                            .scalar(anything("bigint"))
                            .scalar(anything("timestamptz"))
                            .scalar(anything("jsonb"))
                            .scalar(anything("numeric"))
                            .build());

    private final ServerSocket server;
    private final BlockingQueue<Conversation> waiting = new LinkedBlockingQueue<>();
    private final List<Conversation> all = new CopyOnWriteArrayList<>();
    private final List<String> invalid = new CopyOnWriteArrayList<>();
    private volatile String protocol = "graphql-transport-ws";
    private volatile int status = 101;

    FakeSocketEngine() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start("fake-engine", this::listen);
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    HasuraClient.Builder client() {
        return HasuraClient.builder().endpoint(uri());
    }

    /** Chooses this sub-protocol from now on, whatever is offered; none for the empty one. */
    FakeSocketEngine speaks(String protocol) {
        this.protocol = protocol;
        return this;
    }

    /** Answers the upgrade with this status from now on. */
    FakeSocketEngine answers(int status) {
        this.status = status;
        return this;
    }

    /** The next connection, upgraded but silent. */
    Conversation accept() {
        Conversation next = poll(waiting, server::isClosed);
        if (next == null) {
            throw new AssertionError("Nobody connected");
        }
        return next;
    }

    /** Waits for ten seconds, or until nothing can come any more. */
    private static <E> E poll(BlockingQueue<E> queue, BooleanSupplier over) {
        try {
            for (int i = 0; i < 500; i++) {
                boolean last = over.getAsBoolean();
                E next = queue.poll(20, TimeUnit.MILLISECONDS);
                if (next != null || last) {
                    return next;
                }
            }
            return null;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The next connection, after its credentials were accepted. */
    Conversation welcome() {
        Conversation next = accept();
        next.expect("connection_init");
        next.send("{\"type\":\"connection_ack\"}");
        return next;
    }

    List<Conversation> all() {
        return all;
    }

    long open() {
        return all.stream().filter(each -> !each.hasEnded()).count();
    }

    private static GraphQLScalarType anything(String name) {
        return Scalars.GraphQLString.transform(scalar -> scalar.name(name));
    }

    private static void start(String name, Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (SocketException | EOFException e) {
                        // The end of a connection, or of the test.
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Body {
        void run() throws IOException;
    }

    private void listen() throws IOException {
        while (true) {
            Socket socket = server.accept();
            socket.setTcpNoDelay(true);
            start("fake-engine-connection", () -> serve(socket));
        }
    }

    private void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        OutputStream out = socket.getOutputStream();
        while (true) {
            String request = line(in);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            for (String line = line(in); !line.isEmpty(); line = line(in)) {
                headers.put(
                        line.substring(0, line.indexOf(':')),
                        line.substring(line.indexOf(':') + 1).strip());
            }
            if (!headers.containsKey("Sec-WebSocket-Key")) {
                byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("Content-Length", "0")));
                answer(out, 200, tellSchema(new String(body, StandardCharsets.UTF_8)));
            } else if (status != 101) {
                answer(out, status, "");
            } else {
                upgrade(out, headers.get("Sec-WebSocket-Key"));
                Conversation conversation = new Conversation(socket, request, headers);
                all.add(conversation);
                waiting.add(conversation);
                conversation.read(in);
                return;
            }
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    private static void answer(OutputStream out, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        out.write(("HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(status, bytes.length))
                .getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
        out.flush();
    }

    private static String tellSchema(String body) {
        String question = JsonMapper.shared().readTree(body).path("query").asString();
        return JsonMapper.shared()
                .writeValueAsString(
                        GraphQL.newGraphQL(TYPES).build().execute(question).toSpecification());
    }

    private void upgrade(OutputStream out, String key) throws IOException {
        String accept;
        try {
            accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1")
                            .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                    .getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                        + "Sec-WebSocket-Accept: " + accept + "\r\n"
                        + (protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n") + "\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Conversation each : all) {
                each.cut();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!invalid.isEmpty()) {
            throw new AssertionError("Documents that are not valid: " + invalid);
        }
    }

    /** One connection, from the engine's side. */
    final class Conversation {

        final String request;
        final Map<String, String> headers;
        private final Socket socket;
        private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
        private volatile boolean ended;
        private volatile int closeCode;

        Conversation(Socket socket, String request, Map<String, String> headers) {
            this.socket = socket;
            this.request = request;
            this.headers = headers;
        }

        /** The next message, which has to be of this type. */
        JsonNode expect(String type) {
            JsonNode message = take();
            if (!message.path("type").asString("").equals(type)) {
                throw new AssertionError("Expected " + type + ", but got " + message);
            }
            return message;
        }

        /** The id of the next message, which has to be a subscribe. */
        String subscribed() {
            return expect("subscribe").path("id").asString();
        }

        JsonNode take() {
            JsonNode message = poll(received, () -> ended);
            if (message == null) {
                throw new AssertionError("No message came" + (ended ? ", the connection ended" : ""));
            }
            return message;
        }

        JsonNode takeNow() {
            return received.poll();
        }

        Conversation send(String text) {
            return write(frame(0x81, text.getBytes(StandardCharsets.UTF_8)));
        }

        /** The same in fragments. */
        Conversation sendInTwo(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int half = bytes.length / 2;
            write(frame(0x01, java.util.Arrays.copyOfRange(bytes, 0, half)));
            return write(frame(0x80, java.util.Arrays.copyOfRange(bytes, half, bytes.length)));
        }

        /** Some bytes of a message, and no more. */
        Conversation sendBeginning(String text, int bytes) {
            byte[] frame = frame(0x81, text.getBytes(StandardCharsets.UTF_8));
            return write(java.util.Arrays.copyOf(frame, Math.min(bytes, frame.length)));
        }

        Conversation next(String id, String data) {
            return send("{\"type\":\"next\",\"id\":\"%s\",\"payload\":{\"data\":%s}}".formatted(id, data));
        }

        Conversation complete(String id) {
            return send("{\"type\":\"complete\",\"id\":\"%s\"}".formatted(id));
        }

        Conversation close(int code, String reason) {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            return write(frame(
                    0x88,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array()));
        }

        /** Ends it without a word. */
        void hangUp() {
            try {
                socket.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** As a cable that is pulled: with a reset. Without one, the JDK may miss what comes right after a message. */
        void cut() {
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (SocketException e) {
                // Somebody was faster.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        boolean hasEnded() {
            return ended;
        }

        /** Waits for the client to end it, and tells with which code: 1006 if it said none. */
        int awaitEnd() {
            Await.until(() -> ended, () -> "still open");
            return closeCode == 0 ? 1006 : closeCode;
        }

        private synchronized Conversation write(byte[] bytes) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        private static byte[] frame(int first, byte[] payload) {
            ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
            if (payload.length < 126) {
                frame.put((byte) payload.length);
            } else if (payload.length < 65_536) {
                frame.put((byte) 126).putShort((short) payload.length);
            } else {
                frame.put((byte) 127).putLong(payload.length);
            }
            frame.put(payload);
            return java.util.Arrays.copyOf(frame.array(), frame.position());
        }

        private void read(DataInputStream in) throws IOException {
            try {
                while (readFrame(in)) {}
            } finally {
                ended = true;
                socket.close();
            }
        }

        private boolean readFrame(DataInputStream in) throws IOException {
            int first = in.readUnsignedByte();
            int length = in.readUnsignedByte() & 0x7f;
            long full = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
            byte[] mask = in.readNBytes(4);
            byte[] payload = in.readNBytes((int) full);
            for (int i = 0; i < payload.length; i++) {
                payload[i] ^= mask[i % 4];
            }
            switch (first) {
                case 0x81 -> note(JsonMapper.shared().readTree(payload));
                case 0x88 -> {
                    closeCode =
                            payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
                    return false;
                }
                case 0x8a -> {}
                default -> throw new IOException("Unexpected frame " + Integer.toHexString(first));
            }
            return true;
        }

        private void note(JsonNode message) {
            if (message.path("type").asString("").equals("subscribe")) {
                String document = message.path("payload").path("query").asString();
                var checked = ParseAndValidate.parseAndValidate(
                        TYPES, ExecutionInput.newExecutionInput(document).build());
                if (checked.isFailure()) {
                    invalid.add(document + ": " + checked.getErrors());
                }
            }
            received.add(message);
        }
    }
}
