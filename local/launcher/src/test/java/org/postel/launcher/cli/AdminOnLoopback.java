package org.postel.launcher.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.DataFolder;

/** An admin API that answers all with one text and remembers what it was asked. */
final class AdminOnLoopback implements AutoCloseable {

    final List<String> asked = new ArrayList<>();
    final AdminApi api;
    String answer = "{}";
    /** What the next requests are answered, before {@link #answer}. */
    final Deque<String> answers = new ArrayDeque<>();
    /** The links of the next answers. */
    final Deque<String> next = new ArrayDeque<>();
    private final HttpServer server;

    AdminOnLoopback(Path root) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            if (!next.isEmpty()) {
                exchange.getResponseHeaders().add("Link", next.removeFirst());
            }
            byte[] body = (answers.isEmpty() ? answer : answers.removeFirst()).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        DataFolder folder = new DataFolder(root);
        Files.createDirectories(folder.token("admin").getParent());
        Files.writeString(folder.token("admin"), "token");
        api = new AdminApi(folder, server.getAddress().getPort());
    }

    /** Runs a command: its exit code, then what it told. */
    static String told(Command command, String... words) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            int code = command.run(List.of(words));
            return code + "\n" + told.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
