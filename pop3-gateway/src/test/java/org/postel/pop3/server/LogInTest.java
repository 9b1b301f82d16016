package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postel.wire.LineClient;
import org.postel.wire.Patience;
import org.postel.wire.TestCertificate;

/** How a client logs in, and how long and how often it may try: RFC 1939 §4, RFC 5034, and STLS of RFC 2595 §4 before it. */
@Timeout(60)
class LogInTest {

    @TempDir
    static Path folder;
    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws IOException {
        certificate = TestCertificate.in(folder);
    }

    /** Clients of XOAUTH2 send the whole token with AUTH, though RFC 5034 §4 leaves 255 octets for it. */
    @Test
    void anInitialResponseMayBeAsLongAsAToken() throws Exception {
        String token = base64("user=alice\1auth=Bearer " + "x".repeat(4_000) + "\1\1");
        try (var stage = Pop3Stage.of(certificate); var client = LineClient.connect(stage.port())) {
            stage.accounts.mechanisms = List.of("PLAIN", "LOGIN", "XOAUTH2");
            client.expect("+OK");
            client.send("AUTH XOAUTH2 " + token).expect("+ " + base64("{\"status\":\"401\""));
            client.send("").expect("-ERR [AUTH]");
            client.send("AUTH XOAUTH2 " + base64("user=alice\1auth=Bearer good\1\1")).expect("+OK maildrop");
        }
    }

    @Test
    void loginsRefusedForTooManyFailuresEndTheSession() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            stage.accounts.drop("alice");
            stage.given("there were too many failures");
            client.expect("+OK");
            client.send("AUTH PLAIN AGFsaWNlAHNlY3JldA==").expect("-ERR [SYS/TEMP] too many failed logins");
            client.send("AUTH PLAIN AGFsaWNlAHNlY3JldA==").expect("-ERR [SYS/TEMP] too many failed logins");
            client.expectClosed();
        }
    }

    @Test
    void tooManyFailedLoginsEndTheSession() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("USER nobody").expect("+OK");
            client.send("PASS secret").expect("-ERR [AUTH] wrong name or password");
            client.send("AUTH PLAIN !!!").expect("-ERR not base64");
            client.expectClosed();
            assertEquals(1, stage.registry.get("mail.auth.attempts.total").tag("mechanism", "PLAIN").counter().count());
        }
    }

    /** RFC 2449 §6.5 and §8.1.1; a failed login does not count. */
    @Test
    void whoComesAgainTooSoonIsToldToWait() throws Exception {
        try (Pop3Stage stage = Pop3Stage.of(certificate, "login-delay", "1h")) {
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

    /** SAFETY row 39. */
    @Test
    void aMechanismThatAClientMakesUpIsNoLabelOfAMetric() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "max-auth-failures", "2"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.send("AUTH MADE-UP").expect("-ERR");
            client.send("QUIT").expect("+OK");
            client.expectClosed();
            assertTrue(stage.registry.getMeters().stream().flatMap(meter -> meter.getId().getTags().stream()).noneMatch(tag -> tag.getValue().equals("MADE-UP")));
        }
    }

    // SAFETY row 18
    @Test
    void aClientThatDoesNotLogInIsLetGoWhateverItSays() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "login-timeout", "300ms", "commands-per-second", "1000000", "command-burst", "1000000")) {
            try (var silent = LineClient.connect(stage.port())) {
                silent.expect("+OK");
                silent.expectClosed();
            }
            try (var busy = LineClient.connect(stage.port())) {
                busy.expect("+OK");
                long end = System.nanoTime() + Patience.LONGEST.toNanos();
                IOException over = assertThrows(IOException.class, () -> {
                    while (System.nanoTime() < end) {
                        busy.send("USER alice").expect("+OK");
                    }
                });
                assertFalse(over instanceof SocketTimeoutException, "the server left it open and said nothing");
            }
        }
    }

    // SAFETY row 19
    @Test
    void whoSendsCommandsWithoutEndWaits() throws Exception {
        try (var stage = Pop3Stage.of(certificate, "commands-per-second", "1", "command-burst", "2"); var client = LineClient.connect(stage.port())) {
            client.expect("+OK");
            client.sendRaw("USER alice\r\n".repeat(20));
            client.expect("+OK");
            // Each further answer comes a second after the one before.
            client.socket().setSoTimeout(500);
            assertThrows(SocketTimeoutException.class, () -> {
                for (int i = 1; i < 20; i++) {
                    client.expect("+OK");
                }
            });
        }
    }

    /** SAFETY row 4. */
    @Test
    void whatIsPipelinedAfterStlsIsNotRun() throws Exception {
        try (var stage = Pop3Stage.of(certificate)) {
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
        try (var stage = Pop3Stage.of(certificate); var client = LineClient.connect(stage.port())) {
            assertThrows(SSLException.class, () -> LineClient.connectTls(stage.tlsPort(), certificate, "h2", "imap"));
            LineClient.connectTls(stage.tlsPort(), certificate, "pop3").close();
            client.expect("+OK");
            client.send("STLS").expect("+OK");
            assertThrows(SSLException.class, () -> client.startTls(certificate, "http/1.1"));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
