package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.LineClient;

/** What hostile and broken clients get, and that the connection works on where it can. */
class BadInputTest {

    private TestGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = new TestGateway(Map.of("postel.imap.max-message-size", "100K", "postel.imap.max-discard", "200K",
                "postel.imap.login-timeout", "20s", "postel.imap.max-errors", "10"), Optional.empty());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static void stillWorks(LineClient client) throws IOException {
        client.send("still NOOP").expect("still OK");
    }

    /** SAFETY row 14: CVE-2024-37358. */
    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN {9999999999}", "a LOGIN {4097}", "a LOGIN {99999999999999999999999999}"})
    void bigLiteralBeforeLoginIsNotAskedFor(String line) throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send(line).expect("a NO [TOOBIG]");
            stillWorks(client);
        }
    }

    @Test
    void bigLiteralThatComesUnaskedIsDropped() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.sendRaw("a LOGIN {10000+}\r\n" + "a NOOP\r\n".repeat(1250) + " x\r\n").expect("a NO [TOOBIG]");
            stillWorks(client);
        }
    }

    @Test
    void endlessLiteralThatComesUnaskedEndsTheConnection() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a LOGIN {9999999999+}").expect("* BYE");
            client.expectClosed();
        }
    }

    // SAFETY row 17
    @Test
    void oversizedLineIsPassedOver() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a LOGIN " + "x".repeat(100_000)).expect("* BAD");
            stillWorks(client);
        }
    }

    @Test
    void oversizedEndOfACommandIsPassedOver() throws IOException {
        String end = "x".repeat(100_000) + "\r\n";
        try (LineClient client = gateway.login()) {
            client.sendRaw("a APPEND INBOX {3+}\r\nabc" + end).expect("a BAD Line too long");
            client.sendRaw("b APPEND INBOX {102401+}\r\n" + "x".repeat(102_401) + end).expect("b NO [TOOBIG]");
            client.sendRaw("c SELECT {5+}\r\nINBOX" + end).expect("c BAD Line too long");
            client.send("d STATUS INBOX (MESSAGES)").expect("* STATUS INBOX (MESSAGES 0)");
            client.expect("d OK");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a NOOP\n", "a NO\rOP\r\n"})
    void bareLineEndsAreRefused(String octets) throws IOException {
        try (LineClient client = gateway.connect()) {
            client.sendRaw(octets + "still NOOP\r\n").expect("* BAD");
            client.expect("still OK");
        }
    }

    @Test
    void tooManyErrorsEndTheConnection() throws IOException {
        try (LineClient client = gateway.connect()) {
            for (int i = 0; i <= 10; i++) {
                client.send("a NONSENSE").expect("a BAD");
            }
            client.expect("* BYE");
            client.expectClosed();
        }
    }

    /** SAFETY rows 14 and 19. */
    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN {4097}", "a AUTHENTICATE X-UNKNOWN"})
    void refusalsBeforeLoginAreCounted(String line) throws IOException {
        try (LineClient client = gateway.connect()) {
            for (int i = 0; i <= 10; i++) {
                client.send(line).expect("a NO");
            }
            client.expect("* BYE Too many errors");
            client.expectClosed();
        }
    }

    @Test
    void refusalsThatAreNoMistakeAreNotCounted() throws IOException {
        try (LineClient client = gateway.connect()) {
            for (int i = 0; i <= 10; i++) {
                client.send("a LOGIN unknowable secret").expect("a NO [UNAVAILABLE]");
            }
            client.send("b LOGIN alice@example.test secret").expect("b OK");
            for (int i = 0; i <= 10; i++) {
                client.send("c SELECT Nowhere").expect("c NO [NONEXISTENT]");
            }
            stillWorks(client);
        }
    }

    @Test
    void wrongPasswordsAreCounted() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a LOGIN alice@example.test wrong").expect("a NO [AUTHENTICATIONFAILED]");
            client.send("b LOGIN nobody@example.test secret").expect("b NO [AUTHENTICATIONFAILED]");
            client.send("c AUTHENTICATE PLAIN AGFsaWNlAHg=").expect("c NO [AUTHENTICATIONFAILED]");
            client.expect("* BYE");
            client.expectClosed();
        }
        assertEquals(2, gateway.metrics.counter("mail.auth.attempts.total", "protocol", "imap", "mechanism", "login",
                "result", "failure").count());
    }

    @Test
    void badBase64AndCancelledExchanges() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a AUTHENTICATE PLAIN").expect("+ ");
            client.send("*").expect("a BAD");
            client.send("b AUTHENTICATE PLAIN !!!").expect("b BAD");
            client.send("c AUTHENTICATE X-UNKNOWN").expect("c NO");
            client.send("d AUTHENTICATE LOGIN").expect("+ VXNlcm5hbWU6");
            client.send("YWxpY2VAZXhhbXBsZS50ZXN0").expect("+ UGFzc3dvcmQ6");
            client.send("c2VjcmV0").expect("d OK");
        }
        // SAFETY row 39: a label is never what a client made up.
        assertEquals(0, gateway.metrics.find("mail.auth.attempts.total").tag("mechanism", "X-UNKNOWN").counters().size());
        assertEquals(1, gateway.metrics.find("mail.auth.attempts.total").tag("mechanism", "other").counters().size());
    }

    @Test
    void commandsInTheWrongStateAreRefused() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.send("a SELECT INBOX").expect("a BAD");
            client.send("b FETCH 1 FLAGS").expect("b BAD");
            client.send("c LOGIN alice@example.test secret").expect("c OK");
            client.send("d LOGIN alice@example.test secret").expect("d BAD");
            client.send("e FETCH 1 FLAGS").expect("e BAD");
            client.send("f STARTTLS").expect("f BAD");
            stillWorks(client);
        }
    }

    // SAFETY row 16
    @Test
    void tooBigMessageIsRefusedBeforeItComes() throws IOException {
        try (LineClient client = gateway.login()) {
            client.send("a APPEND INBOX {102401}").expect("a NO [TOOBIG]");
            client.send("a APPEND INBOX {5000000000}").expect("a NO [TOOBIG]");
            client.sendRaw("b APPEND INBOX {102401+}\r\n" + "x".repeat(102_401) + "\r\n").expect("b NO [TOOBIG]");
            client.send("c APPEND Nowhere {10}").expect("c NO [TRYCREATE]");
            client.sendRaw("d APPEND Nowhere {10+}\r\n0123456789\r\n").expect("d NO [TRYCREATE]");
            client.sendRaw("e APPEND INBOX (\\Seen {3+}\r\nabc\r\n").expect("e BAD");
            client.sendRaw("f APPEND INBOX {3+}\r\nabc x {4+}\r\nabcd\r\n").expect("f BAD");
            stillWorks(client);
            client.send("g APPEND INBOX {4294967297+}").expect("* BYE");
            client.expectClosed();
        }
    }

    /** SAFETY row 7. */
    @Test
    void httpIsNotAnswered() throws IOException {
        try (LineClient client = gateway.connect()) {
            client.sendRaw("POST / HTTP/1.1\r\nHost: x\r\n\r\na LOGIN x y\r\n");
            client.expectClosed();
        }
    }

    @Test
    void halfClosedClientGetsItsAnswer() throws IOException {
        try (LineClient client = gateway.login()) {
            client.send("a NOOP");
            client.shutdownOutput();
            client.expect("a OK");
        }
    }

    @Test
    void drainSaysByeAfterTheRunningCommand() throws Exception {
        try (LineClient idle = gateway.login(); LineClient quiet = gateway.login()) {
            idle.send("a IDLE").expect("+ ");
            Thread drain = Thread.ofVirtual().start(() -> {
                try {
                    gateway.drain();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            idle.expect("* BYE");
            quiet.expect("* BYE");
            drain.join();
        }
    }
}
