package org.postel.delivery.smtp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A mail server that follows a script, on loopback. Answers may be anything. It remembers all octets that came, and checks
 * nothing.
 */
public final class ScriptedServer implements AutoCloseable {

    /** What a test plays on a connection. */
    @FunctionalInterface
    public interface Script {
        /** Ends the connection when it returns. */
        void play(Line line) throws IOException, InterruptedException;
    }

    /** A connection as a script sees it. */
    public static final class Line {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();

        private Line(Socket socket) throws IOException {
            this.socket = socket;
            this.in = socket.getInputStream();
            this.out = socket.getOutputStream();
        }

        /** Sends text as it is. */
        public void say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }

        /** The next command line, without CRLF; empty text at the end of the connection. */
        public String hear() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int octet = in.read(); octet >= 0; octet = in.read()) {
                received.write(octet);
                if (octet == '\n') {
                    break;
                }
                line.write(octet);
            }
            return line.toString(StandardCharsets.UTF_8).stripTrailing();
        }

        /** So many octets, fewer at the end of the connection. */
        public String hear(int octets) throws IOException {
            byte[] heard = in.readNBytes(octets);
            received.writeBytes(heard);
            return new String(heard, StandardCharsets.UTF_8);
        }

        /** Content up to and with CRLF.CRLF. */
        public String hearContent() throws IOException {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            while (!content.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n.\r\n")) {
                int octet = in.read();
                if (octet < 0) {
                    return content.toString(StandardCharsets.UTF_8) + "<EOF>";
                }
                content.write(octet);
                received.write(octet);
            }
            return content.toString(StandardCharsets.UTF_8);
        }

        /** Hears a command and answers. */
        public String answer(String reply) throws IOException {
            String heard = hear();
            say(reply);
            return heard;
        }

        /** The usual greeting and EHLO. */
        public void welcome(String... extensions) throws IOException {
            say("220 mx.example.org ESMTP\r\n");
            StringBuilder reply = new StringBuilder();
            List<String> lines = new ArrayList<>(List.of("mx.example.org"));
            lines.addAll(List.of(extensions));
            for (int i = 0; i < lines.size(); i++) {
                reply.append("250").append(i < lines.size() - 1 ? "-" : " ").append(lines.get(i)).append("\r\n");
            }
            answer(reply.toString());
        }

        /** Takes one message from one recipient. */
        public String take() throws IOException {
            answer("250 2.1.0 sender ok\r\n");
            answer("250 2.1.5 recipient ok\r\n");
            answer("354 go on\r\n");
            String content = hearContent();
            say("250 2.0.0 queued as 1\r\n");
            return content;
        }

        /** The same connection under TLS. */
        public Line over(Socket tls) throws IOException {
            return new Line(tls);
        }

        /** The usual answer to EHLO, without a greeting. */
        public String welcomeAgain(String... extensions) throws IOException {
            return answer("250" + (extensions.length > 0 ? "-" : " ") + "mx.example.org\r\n" + extensionLines(extensions));
        }

        private static String extensionLines(String... extensions) {
            StringBuilder lines = new StringBuilder();
            for (int i = 0; i < extensions.length; i++) {
                lines.append("250").append(i < extensions.length - 1 ? "-" : " ").append(extensions[i]).append("\r\n");
            }
            return lines.toString();
        }

        /** The socket, for TLS. */
        public Socket socket() {
            return socket;
        }
    }

    private final ServerSocket server;
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<Socket> sockets = Collections.synchronizedList(new ArrayList<>());

    /** One script per connection, the last one for all that follow. */
    public ScriptedServer(Script... scripts) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.add(Thread.ofVirtual().start(() -> accept(scripts)));
    }

    private void accept(Script[] scripts) {
        for (int i = 0; !server.isClosed(); i++) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                Script script = scripts[Math.min(i, scripts.length - 1)];
                threads.add(Thread.ofVirtual().start(() -> play(script, socket)));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void play(Script script, Socket socket) {
        try (socket) {
            script.play(new Line(socket));
        } catch (IOException | InterruptedException e) {
            // The client hung up, or the test is over: the test looks at what came of it.
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            failures.add(e);
        }
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    /** Connections so far. */
    public int connections() {
        return sockets.size();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : List.copyOf(sockets)) {
            socket.close();
        }
        if (!failures.isEmpty()) {
            throw new AssertionError(failures.getFirst());
        }
    }
}
