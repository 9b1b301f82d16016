package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

@Timeout(60)
class SessionTest {

    @TempDir
    static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.in(folder);
    }

    private static Pop3Stage stage(String... properties) throws IOException {
        Map<String, String> all = new HashMap<>(Map.of("postel.pop3.auth-on-loopback-in-clear", "true"));
        for (int i = 0; i < properties.length; i += 2) {
            all.put("postel.pop3." + properties[i], properties[i + 1]);
        }
        return new Pop3Stage(certificate, all);
    }

    private static LineClient login(Pop3Stage stage) throws IOException {
        LineClient client = LineClient.connect(stage.port());
        client.expect("+OK");
        client.send("USER alice").expect("+OK");
        client.send("PASS secret").expect("+OK maildrop");
        return client;
    }

    @Test
    void aSessionWhosePasswordWasTakenAwayEndsAtItsNextCommand() throws Exception {
        for (String command : List.of("STAT", "NOOP", "UIDL", "QUIT")) {
            try (var stage = stage(); var client = login(stage)) {
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
        try (var stage = stage(); var client = login(stage)) {
            client.send("STAT").expect("+OK");
            // Its span ends after its answer was written: the next command comes later.
            client.send("NOOP").expect("+OK");
            assertEquals("ok", stage.spans.named("POP3 STAT").getAttributes().get(AttributeKey.stringKey("pop3.result")));
            assertNotEquals(stage.spans.named("POP3 USER").getTraceId(), stage.spans.named("POP3 STAT").getTraceId());
        }
    }

    @Test
    void aListingOfManyMessagesComesWhole() throws Exception {
        try (var stage = stage()) {
            for (int i = 0; i < 20_000; i++) {
                stage.accounts.drop("alice").add("m" + i);
            }
            try (var client = login(stage)) {
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
        try (var stage = stage()) {
            stage.accounts.drop("alice").add(body);
            try (var client = login(stage)) {
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
        try (var stage = stage()) {
            stage.accounts.drop("alice").add("x".repeat(5_000));
            stage.accounts.drop("alice").breaksAfter = 2_000;
            try (var client = login(stage)) {
                client.send("RETR 1").expect("+OK");
                assertThrows(IOException.class, client::readToDot);
            }
            eventually(() -> !stage.accounts.drop("alice").locked());
        }
    }

    /** RFC 1939 §6: the connection may break, what was quit is done; without QUIT nothing is deleted. */
    @Test
    void withoutQuitNothingIsDeletedAndTheMaildropIsFree() throws Exception {
        try (var stage = stage()) {
            stage.accounts.drop("alice").add("a");
            LineClient client = login(stage);
            client.send("DELE 1").expect("+OK");
            client.close();
            eventually(() -> !stage.accounts.drop("alice").locked());
            assertEquals(1, stage.accounts.drop("alice").count());
        }
    }

    @Test
    void aDrainLetsAnUpdateFinish() throws Exception {
        try (var stage = stage()) {
            stage.accounts.drop("alice").add("a");
            stage.accounts.deletionMayGoOn = new CountDownLatch(1);
            try (var client = login(stage); var idle = LineClient.connect(stage.port())) {
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
        try (var stage = stage(); var client = LineClient.connect(stage.port()); var idle = LineClient.connect(stage.port())) {
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

    private static void drain(Pop3Stage stage) {
        try {
            stage.gateway.drain(Duration.ofSeconds(20));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aLineOverTheLimitIsRefusedAndTheSessionGoesOn() throws Exception {
        try (var stage = stage("line-limit", "100"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("USER " + "x".repeat(1_000_000)).expect("-ERR line too long");
            client.sendRaw("NOOP\nSTAT\r\n").expect("-ERR lines end in CRLF");
            client.expect("-ERR not in this state");
            client.send("QUIT").expect("+OK bye");
        }
    }

    /** Clients of XOAUTH2 send the whole token with AUTH, though RFC 5034 §4 leaves 255 octets for it. */
    @Test
    void anInitialResponseMayBeAsLongAsAToken() throws Exception {
        String token = base64("user=alice\1auth=Bearer " + "x".repeat(4_000) + "\1\1");
        try (var stage = stage(); var client = LineClient.connect(stage.port())) {
            stage.accounts.mechanisms = List.of("PLAIN", "LOGIN", "XOAUTH2");
            client.expect("+OK");
            client.send("AUTH XOAUTH2 " + token).expect("+ " + base64("{\"status\":\"401\""));
            client.send("").expect("-ERR [AUTH]");
            client.send("AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer good\1\1")).expect("+OK maildrop");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tooManyMistakesEndTheSession() throws Exception {
        try (var stage = stage("max-errors", "3"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            for (int i = 0; i < 4; i++) {
                client.send("BLURB").expect("-ERR no such command");
            }
            client.expect("-ERR too many errors");
            client.expectClosed();
        }
    }

    /** SAFETY row 19. */
    @Test
    void whatAStrangerIsRefusedIsAMistakeToo() throws Exception {
        try (var stage = stage("max-errors", "3"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("RETR 1").expect("-ERR not in this state");
            client.send("PASS secret").expect("-ERR USER first");
            client.send("APOP alice c4c9334bac560ecc979e58001b3e22fb").expect("-ERR APOP is not offered");
            client.send("STAT").expect("-ERR not in this state");
            client.expect("-ERR too many errors");
            client.expectClosed();
        }
    }

    @Test
    void whatIsNotThereOrNotPossibleNowIsNoMistake() throws Exception {
        try (var stage = stage("max-errors", "3")) {
            stage.accounts.drop("alice");
            try (var holder = login(stage); var client = LineClient.connect(stage.port())) {
                client.expect("+OK");
                for (int i = 0; i < 4; i++) {
                    client.sendRaw("USER alice\r\nPASS secret\r\n").expect("+OK");
                    client.expect("-ERR [IN-USE]");
                }
                for (int i = 0; i < 4; i++) {
                    holder.send("RETR 1").expect("-ERR no such message");
                }
                holder.send("NOOP").expect("+OK");
            }
        }
    }

    @Test
    void loginsRefusedForTooManyFailuresEndTheSession() throws Exception {
        try (var stage = stage("max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            stage.accounts.drop("alice");
            stage.given("there were too many failures");
            client.expect("+OK");
            client.send("AUTH PLAIN AGFsaWNlAHNlY3JldA==").expect("-ERR [SYS/TEMP] too many failed logins");
            client.send("AUTH PLAIN AGFsaWNlAHNlY3JldA==").expect("-ERR [SYS/TEMP] too many failed logins");
            client.expectClosed();
        }
    }

    @Test
    void aMessageGoesOutAsItIsUnlessSurrogatesAreWanted() throws Exception {
        try (Pop3Stage stage = new Pop3Stage(certificate, Map.of("postel.pop3.auth-on-loopback-in-clear", "true"))) {
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

    /** RFC 2449 §6.5 and §8.1.1; a failed login does not count. */
    @Test
    void whoComesAgainTooSoonIsToldToWait() throws Exception {
        try (Pop3Stage stage = new Pop3Stage(certificate, Map.of("postel.pop3.auth-on-loopback-in-clear", "true", "postel.pop3.login-delay", "1h"))) {
            stage.given("alice has no message");
            try (LineClient client = LineClient.connect(stage.port())) {
                client.expect("+OK");
                client.send("USER alice").expect("+OK");
                client.send("PASS wrong").expect("-ERR [AUTH]");
                client.send("USER alice").expect("+OK");
                client.send("PASS secret").expect("+OK maildrop");
                client.send("QUIT").expect("+OK");
            }
            try (LineClient client = LineClient.connect(stage.port())) {
                client.expect("+OK");
                client.send("USER alice").expect("+OK");
                client.send("PASS secret").expect("-ERR [LOGIN-DELAY]");
                client.send("CAPA").expect("+OK");
                assertTrue(client.readToDot().contains("LOGIN-DELAY 3600"));
            }
        }
    }

    @Test
    void tooManyFailedLoginsEndTheSession() throws Exception {
        try (var stage = stage("max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("USER nobody").expect("+OK");
            client.send("PASS secret").expect("-ERR [AUTH] wrong name or password");
            client.send("AUTH PLAIN !!!").expect("-ERR not base64");
            client.expectClosed();
            assertEquals(1, stage.registry.get("mail.auth.attempts.total").tag("mechanism", "PLAIN").counter().count());
        }
    }

    /** SAFETY row 39. */
    @Test
    void aMechanismThatAClientMakesUpIsNoLabelOfAMetric() throws Exception {
        try (var stage = stage("max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("AUTH MADE-UP").expect("-ERR");
            client.send("QUIT").expect("+OK");
            client.expectClosed();
            assertTrue(stage.registry.getMeters().stream().flatMap(meter -> meter.getId().getTags().stream()).noneMatch(tag -> tag.getValue().equals("MADE-UP")));
        }
    }

    @Test
    void aClientThatDoesNotLogInIsLetGoWhateverItSays() throws Exception {
        try (var stage = stage("login-timeout", "300ms"); var silent = LineClient.connect(stage.port());
             var busy = LineClient.connect(stage.port())) {
            silent.expect("+OK");
            silent.expectClosed();
            busy.expect("+OK");
            assertThrows(IOException.class, () -> {
                while (true) {
                    busy.send("USER alice").expect("+OK");
                }
            });
        }
    }

    @Test
    void aSilentClientIsLetGoAndItsMaildropIsFree() throws Exception {
        try (var stage = stage("idle-timeout", "100ms")) {
            stage.accounts.drop("alice").add("a");
            try (var client = login(stage)) {
                client.expectClosed();
            }
            eventually(() -> !stage.accounts.drop("alice").locked());
        }
    }

    @Test
    void commandsAreCountedUnderTheirNames() throws Exception {
        try (var stage = stage(); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("evil\"label").expect("-ERR");
            client.send("QUIT").expect("+OK");
            client.expectClosed();
            assertEquals(1, stage.registry.get("mail.commands.total").tag("command", "unknown").counter().count());
            assertEquals(1, stage.registry.get("mail.commands.total").tag("command", "QUIT").counter().count());
            assertEquals(1, stage.registry.get("mail.connections.total").gauge().value());
        }
    }

    /** SAFETY row 4. */
    @Test
    void whatIsPipelinedAfterStlsIsNotRun() throws Exception {
        try (var stage = stage()) {
            stage.accounts.drop("alice").add("a");
            for (String injection : List.of("STLS\r\nUSER alice\r\nPASS secret\r\n", "STLS\r\nU")) {
                try (var client = LineClient.connect(stage.port())) {
                    client.expect("+OK");
                    client.sendRaw(injection);
                    client.expectClosed();
                }
            }
            assertFalse(stage.accounts.drop("alice").locked());
        }
    }

    /** SAFETY row 7: ALPACA. */
    @Test
    void clientsOfOtherProtocolsGetNoTls() throws Exception {
        try (var stage = stage(); var client = LineClient.connect(stage.port())) {
            assertThrows(SSLException.class, () -> LineClient.connectTls(stage.tlsPort(), certificate, "h2", "imap"));
            LineClient.connectTls(stage.tlsPort(), certificate, "pop3").close();
            client.expect("+OK");
            client.send("STLS").expect("+OK");
            assertThrows(SSLException.class, () -> client.startTls(certificate, "http/1.1"));
        }
    }

    private interface Condition {
        boolean holds();
    }

    private static void eventually(Condition condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "did not happen in time");
            Thread.onSpinWait();
        }
    }
}
