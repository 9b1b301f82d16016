package org.postel.wire;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A tiny protocol to try connections with: it answers each line with its length and the line. */
final class EchoServer implements AutoCloseable {

    static final int LIMIT = 100;

    private final Vertx vertx = Vertx.vertx();
    private final BlockingQueue<Object> seen = new LinkedBlockingQueue<>();
    private final Listener listener;

    EchoServer(ListenerSettings settings, ConnectionLimits limits, Optional<TlsCertificate> tls) throws IOException {
        this(settings, limits, tls, EchoServer::echo);
    }

    EchoServer(ListenerSettings settings, ConnectionLimits limits, Optional<TlsCertificate> tls, ConnectionHandler handler)
            throws IOException {
        listener = new Listener(vertx, settings, limits, tls, connection -> {
            seen.add(connection);
            try {
                handler.serve(connection);
                seen.add("finished");
            } catch (IOException | RuntimeException e) {
                seen.add(e);
                throw e;
            }
        }, new WireMetrics(new SimpleMeterRegistry(), "echo"));
    }

    static EchoServer start() throws IOException {
        return new EchoServer(settings(), new ConnectionLimits(100, 100), Optional.empty());
    }

    static ListenerSettings settings() {
        return ListenerSettings.of("echo", "127.0.0.1", 0).withRefusal("too many");
    }

    int port() {
        return listener.port();
    }

    Listener listener() {
        return listener;
    }

    /** The next connection that came, or how the next one ended. */
    Object seen() throws InterruptedException {
        Object next = seen.poll(15, java.util.concurrent.TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing happened");
        }
        return next;
    }

    private static void echo(Connection connection) throws IOException {
        say(connection, "hello");
        connection.flush();
        while (true) {
            String line = next(connection);
            if (line.equals("STARTTLS")) {
                say(connection, "go");
                connection.startTls();
                say(connection, "safe " + connection.tlsDescription());
            } else {
                say(connection, line);
            }
            if (line.equals("quit")) {
                return;
            }
            if (!connection.hasInput()) {
                connection.flush();
            }
        }
    }

    private static String next(Connection connection) throws IOException {
        try {
            return new String(connection.readLine(LIMIT, Duration.ofSeconds(10)), StandardCharsets.ISO_8859_1);
        } catch (LineTooLongException e) {
            return "too long";
        } catch (BareLineEndException e) {
            return "bare";
        } catch (DrainingException e) {
            say(connection, "bye");
            connection.flush();
            throw e;
        }
    }

    static void say(Connection connection, String line) throws IOException {
        connection.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        listener.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
