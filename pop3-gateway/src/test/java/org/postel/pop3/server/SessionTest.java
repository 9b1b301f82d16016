package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** What goes out once a client is logged in, and how its session ends: RFC 1939 §5 and §6. */
@Timeout(60)
class SessionTest {

    @TempDir
    static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.in(folder);
    }

    @Test
    void aSessionWhosePasswordWasTakenAwayEndsAtItsNextCommand() throws Exception {
        for (String command : List.of("STAT", "NOOP", "UIDL", "QUIT")) {
            try (var stage = Pop3Stage.of(certificate); var client = stage.login()) {
                stage.accounts.drop("alice").add("Subject: kept\r\n\r\n");
                client.send("NOOP").expect("+OK");
                stage.accounts.drop("alice").shut = true;
                client.send(command).expect("-ERR [AUTH] the session has ended");
                client.expectClosed();
                assertEquals(1, stage.accounts.drop("alice").count());
            }
        }
    }

    @Test
    void eachCommandIsATraceOfItsOwn() throws Exception {
        try (var stage = Pop3Stage.of(certificate); var client = stage.login()) {
            client.send("STAT").expect("+OK");
            // Its span ends after its answer was written: the next command comes later.
            client.send("NOOP").expect("+OK");
            assertEquals("ok", stage.spans.named("POP3 STAT").getAttributes().get(AttributeKey.stringKey("pop3.result")));
            assertNotEquals(stage.spans.named("POP3 USER").getTraceId(), stage.spans.named("POP3 STAT").getTraceId());
        }
    }

    @Test
    void aListingOfManyMessagesComesWhole() throws Exception {
        try (var stage = Pop3Stage.of(certificate)) {
            for (int i = 0; i < 20_000; i++) {
                stage.accounts.drop("alice").add("m" + i);
            }
            try (var client = stage.login()) {
                client.send("UIDL").expect("+OK");
                List<String> ids = client.readToDot();
                assertEquals(20_000, ids.size());
                assertEquals(20_000, ids.stream().map(line -> line.substring(line.indexOf(' '))).distinct().count());
                assertTrue(ids.stream().allMatch(line -> line.matches("\\d+ [\\x21-\\x7e]{1,70}")));
                client.send("LIST").expect("+OK 20000 messages");
                assertEquals("20000 6", client.readToDot().getLast());
            }
        }
    }

    @Test
    void aMessageOfManyChunksComesWholeAndPipelinedCommandsStayInOrder() throws Exception {
        String body = "line of text\r\n.dot\r\n".repeat(5_000);
        try (var stage = Pop3Stage.of(certificate)) {
            stage.accounts.drop("alice").add(body);
            try (var client = stage.login()) {
                client.sendRaw("RETR 1\r\nSTAT\r\nDELE 1\r\nQUIT\r\n");
                client.expect("+OK " + body.length() + " octets");
                List<String> lines = client.readToDot();
                assertEquals(10_000, lines.size());
                assertEquals("..dot", lines.getLast());
                client.expect("+OK 1 " + body.length());
                client.expect("+OK");
                client.expect("+OK bye");
                client.expectClosed();
            }
            assertEquals(0, stage.accounts.drop("alice").count());
        }
    }

    /** No client may take a message for whole that is not, and delete it. */
    @Test
    void aMessageThatBreaksOffEndsTheConnectionWithoutTheFinalDot() throws Exception {
        try (var stage = Pop3Stage.of(certificate)) {
            stage.accounts.drop("alice").add("x".repeat(5_000));
            stage.accounts.drop("alice").breaksAfter = 2_000;
            try (var client = stage.login()) {
                client.send("RETR 1").expect("+OK");
                assertThrows(IOException.class, client::readToDot);
            }
            stage.awaitFree("alice");
        }
    }

    /** RFC 1939 §6: the connection may break, what was quit is done; without QUIT nothing is deleted. SAFETY row 38. */
    @Test
    void withoutQuitNothingIsDeletedAndTheMaildropIsFree() throws Exception {
        try (var stage = Pop3Stage.of(certificate)) {
            stage.accounts.drop("alice").add("a");
            LineClient client = stage.login();
            client.send("DELE 1").expect("+OK");
            client.close();
            stage.awaitFree("alice");
            assertEquals(1, stage.accounts.drop("alice").count());
        }
    }

    @Test
    void aDrainLetsAnUpdateFinish() throws Exception {
        try (var stage = Pop3Stage.of(certificate)) {
            stage.accounts.drop("alice").add("a");
            stage.accounts.deletionMayGoOn = new CountDownLatch(1);
            try (var client = stage.login(); var idle = LineClient.connect(stage.port())) {
                idle.expect("+OK");
                client.sendRaw("DELE 1\r\nQUIT\r\n");
                stage.accounts.deleting.await();
                Thread drain = Thread.startVirtualThread(() -> drain(stage));
                idle.expect("-ERR [SYS/TEMP]");
                idle.expectClosed();
                assertTrue(stage.gateway.draining());
                stage.accounts.deletionMayGoOn.countDown();
                client.expect("+OK");
                client.expect("+OK bye");
                drain.join();
            }
            assertEquals(0, stage.accounts.drop("alice").count());
        }
    }

    @Test
    void aDrainLetsALoginFinish() throws Exception {
        try (var stage = Pop3Stage.of(certificate); var client = LineClient.connect(stage.port()); var idle = LineClient.connect(stage.port())) {
            stage.accounts.drop("alice").add("a");
            client.expect("+OK");
            idle.expect("+OK");
            client.send("AUTH PLAIN").expect("+ ");
            Thread drain = Thread.startVirtualThread(() -> drain(stage));
            idle.expect("-ERR [SYS/TEMP]");
            client.send("AGFsaWNlAHNlY3JldA==").expect("+OK maildrop");
            client.expect("-ERR [SYS/TEMP] server is shutting down");
            client.expectClosed();
            drain.join();
        }
    }

    @Test
    void aMessageGoesOutAsItIsUnlessSurrogatesAreWanted() throws Exception {
        try (Pop3Stage stage = Pop3Stage.of(certificate)) {
            stage.given("alice has a message Subject: gr\u00fc\u00dfe\\r\\n\\r\\ntext\\r\\n");
            try (LineClient client = LineClient.connect(stage.port())) {
                client.expect("+OK");
                client.send("USER alice").expect("+OK");
                client.send("PASS secret").expect("+OK");
                client.send("RETR 1").expect("+OK");
                client.expect(new String("Subject: gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void aSilentClientIsLetGoAndItsMaildropIsFree() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "idle-timeout", "100ms")) {
            stage.accounts.drop("alice").add("a");
            try (var client = stage.login()) {
                client.expectClosed();
            }
            stage.awaitFree("alice");
        }
    }

    @Test
    void commandsAreCountedUnderTheirNames() throws Exception {
        try (var stage = Pop3Stage.of(certificate); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("evil\"label").expect("-ERR");
            client.send("QUIT").expect("+OK");
            client.expectClosed();
            assertEquals(1, stage.registry.get("mail.commands.total").tag("command", "unknown").counter().count());
            assertEquals(1, stage.registry.get("mail.commands.total").tag("command", "QUIT").counter().count());
            assertEquals(1, stage.registry.get("mail.connections.total").gauge().value());
        }
    }

    private static void drain(Pop3Stage stage) {
        try {
            stage.gateway.drain(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
