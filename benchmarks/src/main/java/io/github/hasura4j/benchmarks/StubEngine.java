package io.github.hasura4j.benchmarks;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Answers every POST to {@code /<rows>/…} with that many rows, as fast as Java can. It runs in a process of its own, so that what it
 * needs is not counted, prints its port, and ends with its standard input.
 */
public final class StubEngine {

    private StubEngine() {}

    public static void main(String[] args) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        System.out.println(server.getLocalPort());
        Thread accepting = new Thread(() -> {
            while (true) {
                try {
                    Socket socket = server.accept();
                    socket.setTcpNoDelay(true);
                    Thread serving = new Thread(() -> serve(socket));
                    serving.setDaemon(true);
                    serving.start();
                } catch (IOException e) {
                    return;
                }
            }
        });
        accepting.setDaemon(true);
        accepting.start();
        while (System.in.read() >= 0) {
            // Until the benchmark is gone.
        }
    }

    private static void serve(Socket socket) {
        byte[] few = answer(10);
        byte[] many = answer(1000);
        try (socket;
                InputStream in = new BufferedInputStream(socket.getInputStream());
                OutputStream out = socket.getOutputStream()) {
            while (true) {
                String head = head(in);
                if (head.isEmpty()) {
                    return;
                }
                in.skipNBytes(contentLength(head));
                out.write(head.startsWith("POST /10/") ? few : many);
                out.flush();
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int last = 0;
        for (int b = in.read(); b >= 0; b = in.read()) {
            head.write(b);
            last = last << 8 | b;
            if (last == 0x0d0a0d0a) {
                break;
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static long contentLength(String head) {
        for (String line : head.split("\r\n")) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                return Long.parseLong(line.substring("content-length:".length()).strip());
            }
        }
        return 0;
    }

    private static byte[] answer(int rows) {
        StringBuilder body = new StringBuilder("{\"data\":{\"order\":[");
        for (int i = 0; i < rows; i++) {
            body.append(i == 0 ? "" : ",")
                    .append("{\"id\":")
                    .append(384_622_082_018_771_969L + i)
                    .append(",\"customer\":\"Customer number ")
                    .append(i)
                    .append("\",\"total\":")
                    .append(i)
                    .append(".50,\"created_at\":\"2026-08-01T10:20:30.123456+00:00\",\"paid\":true,\"note\":null}");
        }
        byte[] bytes = body.append("]}}").toString().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: "
                        + bytes.length + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream all = new ByteArrayOutputStream(head.length + bytes.length);
        all.writeBytes(head);
        all.writeBytes(bytes);
        return all.toByteArray();
    }
}
