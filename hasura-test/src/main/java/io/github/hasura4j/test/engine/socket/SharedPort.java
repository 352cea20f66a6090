package io.github.hasura4j.test.engine.socket;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's one port, for HTTP and WebSockets. The JDK's HTTP server cannot upgrade a connection, so this reads the head of
 * each connection's first request: upgrades are served here, everything else goes through to the HTTP server as it comes.
 */
public final class SharedPort implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedPort.class);

    /** Serves a connection that asks for an upgrade, until it ends. */
    public interface Upgrades {
        void serve(RequestHead head, InputStream in, Socket socket) throws IOException;
    }

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "local-hasura-connection");
        thread.setDaemon(true);
        return thread;
    });

    private SharedPort(ServerSocket listening) {
        this.listening = listening;
    }

    /** Takes a port of the loopback, 0 for any free one. */
    public static SharedPort bind(int port) throws IOException {
        return new SharedPort(new ServerSocket(port, 200, InetAddress.getLoopbackAddress()));
    }

    public int number() {
        return listening.getLocalPort();
    }

    /** Begins to serve. */
    public void serve(int httpPort, Upgrades upgrades) {
        threads.execute(() -> {
            while (!listening.isClosed()) {
                try {
                    Socket client = listening.accept();
                    open.add(client);
                    threads.execute(() -> serve(client, httpPort, upgrades));
                } catch (IOException | RuntimeException e) {
                    if (!listening.isClosed()) {
                        LOG.warn("The local engine cannot accept a connection", e);
                    }
                }
            }
        });
    }

    private void serve(Socket client, int httpPort, Upgrades upgrades) {
        try (client) {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            RequestHead head = RequestHead.read(in);
            if (head.upgrades()) {
                upgrades.serve(head, in, client);
            } else {
                passOn(head, in, client, httpPort);
            }
        } catch (IOException e) {
            LOG.debug("A connection to the local engine has ended: {}", e.getMessage());
        } catch (RuntimeException e) {
            if (!listening.isClosed()) {
                LOG.error("The local engine failed on a connection", e);
            }
        } finally {
            open.remove(client);
        }
    }

    private void passOn(RequestHead head, InputStream in, Socket client, int httpPort) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
            server.setTcpNoDelay(true);
            server.getOutputStream().write(head.bytes());
            threads.execute(() -> passOn(in, server));
            copy(server.getInputStream(), client.getOutputStream());
        }
    }

    /** What the client sends; it may end its side and still wait for the answer. */
    private static void passOn(InputStream in, Socket server) {
        try {
            copy(in, server.getOutputStream());
            server.shutdownOutput();
        } catch (IOException e) {
            LOG.trace("A client of the local engine has ended: {}", e.getMessage());
            try {
                server.close();
            } catch (IOException again) {
                LOG.trace("Cannot close a connection: {}", again.getMessage());
            }
        }
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[16 * 1024];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            LOG.debug("Cannot close port {}: {}", number(), e.getMessage());
        }
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                LOG.trace("Cannot close a connection: {}", e.getMessage());
            }
        }
        threads.shutdownNow();
    }
}
