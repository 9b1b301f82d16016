package org.postel.launcher.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postel.launcher.UsageException;
import org.postel.launcher.admin.AdminApi;
import org.postel.launcher.platform.DataFolder;

/** What the commands ask of the admin API, and what a person reads. */
class QueueCommandTest {

    @TempDir
    Path root;

    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private AdminApi admin;
    private String answer = "{}";

    @BeforeEach
    void answerOnLoopback() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI()
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).replace("{}", ""));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        DataFolder folder = new DataFolder(root);
        Path token = folder.token("admin");
        Files.createDirectories(token.getParent());
        Files.writeString(token, "token");
        admin = new AdminApi(folder, server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theListSaysWhatWaitsForWhomSinceWhenAndWhy() throws IOException {
        answer = """
                {"entries":[{"id":"01abc","state":"deferred","recipients":["bob@remote.test"],"sender":"alice@example.test","size":1234,
                "attempts":2,"since":"2026-03-01T12:00:00Z","next":"2026-03-01T12:30:00Z","reason":"4.4.1 nobody there"}],"next":"01abc:bob@remote.test"}""";
        String told = run("list", "--domain", "remote.test", "--sender", "<>");
        assertEquals(List.of("GET /api/v1/queue?domain=remote.test&sender=%3C%3E"), asked);
        assertEquals("""
                01abc  deferred since 2026-03-01T12:00:00Z  <alice@example.test> to bob@remote.test, 1234 octets, 2 attempts, next at 2026-03-01T12:30:00Z
                    4.4.1 nobody there
                There is more: --after 01abc:bob@remote.test
                """, told);
        answer = "{\"entries\":[],\"next\":null}";
        assertEquals("Nothing is queued.\n", run("list"));
        answer = "{\"entries\":[],\"next\":\"01abc:\"}";
        assertEquals("There is more: --after 01abc:\n", run("list"));
    }

    @Test
    void anOrderIsAPostToTheMessage() throws IOException {
        for (String order : List.of("retry", "hold", "release", "bounce", "delete")) {
            assertTrue(run(order, "01abc").startsWith("01abc "));
        }
        assertEquals(List.of("POST /api/v1/queue/01abc/retry", "POST /api/v1/queue/01abc/hold", "POST /api/v1/queue/01abc/release",
                "POST /api/v1/queue/01abc/bounce", "POST /api/v1/queue/01abc/delete"), asked);
    }

    @Test
    void aWholeDomainIsTriedAgain() throws IOException {
        answer = "{\"messages\":7,\"more\":false}";
        assertEquals("7 messages are tried again.\n", run("retry", "--domain", "remote.test"));
        assertEquals(List.of("POST /api/v1/queue/retry{\"domain\":\"remote.test\"}"), asked);
    }

    @Test
    void deadLettersAreListedAndReplayed() throws IOException {
        answer = "{\"entries\":[],\"next\":null}";
        assertEquals("There are no dead letters.\n", run("dead", "list"));
        assertEquals("01abc is tried again.\n", run("dead", "replay", "01abc"));
        assertEquals(List.of("GET /api/v1/dead-letters", "POST /api/v1/dead-letters/01abc/replay"), asked);
    }

    @Test
    void mistakesShowTheUsage() {
        for (List<String> wrong : List.of(List.of("fly"), List.of("show"), List.of("list", "01abc"), List.of("retry"), List.of("hold", "a", "b"),
                List.of("dead"), List.of("dead", "replay"), List.of("dead", "fly"))) {
            assertThrows(UsageException.class, () -> new QueueCommand(admin).run(wrong), wrong::toString);
        }
        assertThrows(UsageException.class, () -> new TraceCommand(admin).run(List.of()));
    }

    @Test
    void aTraceIsOneLineForEachStep() throws IOException {
        answer = """
                [{"id":"01abc","steps":[{"at":"2026-03-01T12:00:00Z","step":"accepted","detail":"from <alice@example.test>","host":"mx1"},
                {"at":"2026-03-01T12:00:01Z","step":"delivered","recipient":"bob@example.test","original":"sales@example.test","host":"worker"}]}]""";
        assertEquals("""
                01abc
                  2026-03-01T12:00:00Z  mx1  accepted: from <alice@example.test>
                  2026-03-01T12:00:01Z  worker  delivered bob@example.test (for sales@example.test)
                """, told(() -> new TraceCommand(admin).run(List.of("<1+x@example.test>"))));
        assertEquals(List.of("GET /api/v1/trace?id=%3C1%2Bx%40example.test%3E"), asked);
    }

    @Test
    void suppressedAddressesAreListedAndLetGo() throws IOException {
        answer = """
                {"entries":[{"address":"nobody@remote.test","reply":"mx.remote.test said: 550 5.1.1 no","since":"2026-03-01T12:00:00Z"}],
                "next":"nobody@remote.test"}""";
        assertEquals("""
                nobody@remote.test  since 2026-03-01T12:00:00Z  mx.remote.test said: 550 5.1.1 no
                There is more: --after nobody@remote.test
                """, told(() -> new SuppressionCommand(admin).run(List.of("list", "--limit", "1"))));
        answer = "{\"entries\":[]}";
        assertEquals("No address is suppressed.\n", told(() -> new SuppressionCommand(admin).run(List.of("list", "--after", "a+b@remote.test"))));
        assertEquals("Mail to a+b@remote.test is tried again.\n", told(() -> new SuppressionCommand(admin).run(List.of("remove", "a+b@remote.test"))));
        assertEquals(List.of("GET /api/v1/suppressions?limit=1", "GET /api/v1/suppressions?after=a%2Bb%40remote.test",
                "DELETE /api/v1/suppressions/a%2Bb%40remote.test"), asked);
        assertThrows(UsageException.class, () -> new SuppressionCommand(admin).run(List.of("remove")));
    }

    private interface Run {
        int run() throws IOException;
    }

    private String run(String... words) throws IOException {
        return told(() -> new QueueCommand(admin).run(List.of(words)));
    }

    private static String told(Run command) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            assertEquals(Command.DONE, command.run());
        } finally {
            System.setOut(before);
        }
        return told.toString(StandardCharsets.UTF_8);
    }
}
