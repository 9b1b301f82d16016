package org.postel.delivery.sts;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.postel.delivery.smtp.TestAuthority;

/** The HTTPS host of a policy, behind an HTTP proxy that leads every name to it: both on loopback. */
final class PolicyHost implements AutoCloseable {

    private final HttpsServer server;
    private final ServerSocket proxy;
    private final AtomicInteger asked = new AtomicInteger();
    volatile int status = 200;
    volatile String type = "text/plain";
    volatile String text = "";

    PolicyHost(String certificate) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(TestAuthority.server(certificate, false)));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::lead);
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        boolean there = exchange.getRequestURI().getPath().equals("/.well-known/mta-sts.txt");
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.getResponseHeaders().add("Location", "https://mta-sts.example.org/.well-known/mta-sts.txt");
        exchange.sendResponseHeaders(there ? status : 404, octets.length == 0 ? -1 : octets.length);
        try (exchange) {
            exchange.getResponseBody().write(octets);
        }
    }

    private void lead() {
        while (!proxy.isClosed()) {
            try {
                Socket client = proxy.accept();
                Thread.ofVirtual().start(() -> tunnel(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    /** Reads the CONNECT to its empty line, then hands octets both ways. */
    private void tunnel(Socket client) {
        try (client; Socket host = new Socket(server.getAddress().getAddress(), server.getAddress().getPort())) {
            InputStream in = client.getInputStream();
            for (int newlines = 0; newlines < 2;) {
                int octet = in.read();
                newlines = octet == '\n' ? newlines + 1 : octet == '\r' ? newlines : 0;
            }
            client.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Thread back = Thread.ofVirtual().start(() -> copy(host, client));
            copy(client, host);
            back.join();
        } catch (IOException | InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void copy(Socket from, Socket to) {
        try (OutputStream out = to.getOutputStream()) {
            from.getInputStream().transferTo(out);
        } catch (IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    InetSocketAddress proxy() {
        return new InetSocketAddress(proxy.getInetAddress(), proxy.getLocalPort());
    }

    int asked() {
        return asked.get();
    }

    @Override
    public void close() throws IOException {
        server.stop(0);
        proxy.close();
    }
}
