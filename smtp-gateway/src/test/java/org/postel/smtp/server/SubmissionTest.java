package org.postel.smtp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.postel.smtp.server.TestGateway.ehlo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.smtp.command.AcceptedMessage;
import org.postel.smtp.command.FakeAuthenticator;
import org.postel.smtp.session.Login;
import org.postel.wire.LineClient;

class SubmissionTest {

    private static final String ALICE = base64("\0alice@example.test\0secret");

    private static TestGateway gateway;

    @BeforeAll
    static void start() throws IOException {
        gateway = new TestGateway(Map.of());
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    // SAFETY row 10
    @Test
    void whoLoggedInUnderTlsSendsToTheWorld() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("MAIL FROM:<alice@example.test>").expect("530 5.7.0");
            client.send("AUTH PLAIN " + ALICE).expect("235 2.7.0");
            client.send("MAIL FROM:<bob@example.test>").expect("553 5.7.1");
            client.send("MAIL FROM:<alice@example.test>").expect("250");
            client.send("RCPT TO:<friend@example.org>").expect("250");
            client.send("DATA").expect("354");
            client.sendRaw("From: alice@example.test\r\n\r\nhello\r\n.\r\n");
            String queued = client.expect("250 2.0.0 Queued as ");
            AcceptedMessage message = gateway.queue.messages().stream()
                .filter(each -> queued.endsWith(each.id().toString())).findFirst().orElseThrow();
            assertEquals(new Login.Authenticated(FakeAuthenticator.ALICE), message.envelope().login());
            assertTrue(TestGateway.text(message).contains("\r\nDate: "));
            assertTrue(TestGateway.text(message).contains("\r\nMessage-ID: <" + message.id() + "@example.test>\r\n"));
            assertEquals("<" + message.id() + "@example.test>", message.messageId());
        }
    }

    // SAFETY row 39: each would be a time series of its own, as many as a client likes.
    @Test
    void whatAClientMakesUpIsNoLabelOfAMetric() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH MADE-UP").expect("504 5.5.4");
            client.send("MADE-UP x").expect("500 5.5.2");
            client.send("AUTH PLAIN " + base64("\0made-up\0secret")).expect("535 5.7.8");
        }
        assertTrue(gateway.registry.get("mail.auth.attempts.total").tag("mechanism", "other").counter().count() >= 1);
        assertTrue(gateway.registry.getMeters().stream().flatMap(meter -> meter.getId().getTags().stream())
            .noneMatch(tag -> tag.getValue().toLowerCase(Locale.ROOT).contains("made-up")));
    }

    // SAFETY row 10
    @Test
    void aFalseFromIsRefused() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH PLAIN " + ALICE).expect("235");
            client.send("MAIL FROM:<alice@example.test>").expect("250");
            client.send("RCPT TO:<friend@example.org>").expect("250");
            client.send("DATA").expect("354");
            client.sendRaw("From: boss@example.test\r\n\r\nhello\r\n.\r\n").expect("550 5.7.1");
        }
    }

    /** A password that was changed sends nothing more, and what was begun before is finished. */
    @Test
    void aLoginThatNoLongerHoldsEndsTheSession() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH PLAIN " + base64("\0fleeting\0secret")).expect("235");
            client.send("MAIL FROM:<alice@example.test>").expect("250");
            client.send("RSET").expect("250");
            client.send("MAIL FROM:<alice@example.test>").expect("421 4.7.0");
            client.expectClosed();
        }
    }

    @Test
    void loginAsksForNameAndPassword() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH LOGIN").expect("334 VXNlcm5hbWU6");
            client.send(base64("alice@example.test")).expect("334 UGFzc3dvcmQ6");
            client.send(base64("secret")).expect("235");
        }
    }

    // SAFETY row 3
    @Test
    void whoDoesNotWaitForTheAnswerToALoginIsCutOff() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.sendRaw("AUTH PLAIN " + ALICE + "\r\nMAIL FROM:<alice@example.test>\r\n").expect("554 5.5.0");
            client.expectClosed();
        }
    }

    // SAFETY row 3: what comes with an answer was said before its question, or before anybody knew who says it.
    @ParameterizedTest
    @ValueSource(strings = {"YWxpY2VAZXhhbXBsZS50ZXN0\r\nc2VjcmV0\r\n", "*\r\nMAIL FROM:<alice@example.test>\r\n", "A\rB\r\nMAIL FROM:<alice@example.test>\r\n"})
    void whoDoesNotWaitForAQuestionOfALoginIsCutOff(String ahead) throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH LOGIN").expect("334 VXNlcm5hbWU6");
            client.sendRaw(ahead).expect("554 5.5.0");
            client.expectClosed();
        }
    }

    // SAFETY row 3
    @Test
    void whatComesWithTheLastAnswerOfALoginIsNotRun() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH PLAIN").expect("334 ");
            client.sendRaw(ALICE + "\r\nMAIL FROM:<alice@example.test>\r\n").expect("554 5.5.0");
            client.expectClosed();
        }
    }

    // SAFETY row 20
    @Test
    void whatCannotBeDecodedCountsForTheNetwork() throws IOException {
        try (TestGateway counting = new TestGateway(Map.of("max-auth-failures", "10")); LineClient client = ehlo(counting.submissions())) {
            client.send("AUTH PLAIN !").expect("501 5.5.2");
            client.send("AUTH PLAIN " + base64("no NUL")).expect("501 5.5.2");
            client.send("AUTH LOGIN").expect("334 ");
            client.send("AA=").expect("501 5.5.2");
            assertEquals(3, counting.authenticator.unreadable.get());
            client.send("AUTH LOGIN").expect("334 ");
            client.send("*").expect("501 5.7.0");
            client.send("AUTH PLAIN " + base64("\0alice@example.test\0guess")).expect("535 5.7.8");
            client.send("AUTH PLAIN " + ALICE).expect("235");
            assertEquals(3, counting.authenticator.unreadable.get(), "a wrong password is counted where it is checked");
        }
    }

    // SAFETY row 20: octets that are no base 64 count as a wrong password does.
    @Test
    void whatCannotBeDecodedEndsTheSessionToo() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            for (int i = 0; i < 4; i++) {
                client.send("AUTH PLAIN *" + i).expect("501 5.5.2");
            }
            client.expect("421 4.7.0");
            client.expectClosed();
        }
    }

    // SAFETY row 20
    @Test
    void eachWrongPasswordIsAnsweredLaterThanTheOneBefore() throws IOException {
        Duration delay = Duration.ofMillis(100);
        try (TestGateway slow = new TestGateway(Map.of("auth-delay", "100ms", "max-auth-failures", "10")); LineClient client = ehlo(slow.submissions())) {
            for (long times : new long[] {1, 2, 4, 8, 8}) {
                long begun = System.nanoTime();
                client.send("AUTH PLAIN " + base64("\0alice@example.test\0guess")).expect("535 5.7.8");
                assertTrue(System.nanoTime() - begun >= delay.multipliedBy(times).toNanos(), "answered before " + times + " times the delay");
            }
        }
    }

    // SAFETY row 20
    @Test
    void guessingEndsTheSession() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            for (int i = 0; i < 4; i++) {
                client.send("AUTH PLAIN " + base64("\0alice@example.test\0guess" + i)).expect("535 5.7.8");
            }
            client.expect("421 4.7.0");
            client.expectClosed();
        }
    }

    // SAFETY row 20
    @Test
    void goingOnAfterTooManyFailuresEndsTheSession() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            for (int i = 0; i < 4; i++) {
                client.send("AUTH PLAIN " + base64("\0limited\0guess" + i)).expect("454 4.7.0 Too many failures");
            }
            client.expect("421 4.7.0");
            client.expectClosed();
        }
    }

    @Test
    void aDirectoryThatIsDownIsNotTheClientsFault() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            for (int i = 0; i < 4; i++) {
                client.send("AUTH PLAIN " + base64("\0down\0secret")).expect("454 4.7.0 Temporary");
            }
            client.send("AUTH PLAIN " + ALICE).expect("235");
        }
    }

    // SAFETY row 20: bad base64 breaks no login.
    @Test
    void aBrokenAnswerLeavesTheSessionUsable() throws IOException {
        try (LineClient client = ehlo(gateway.submissions())) {
            client.send("AUTH PLAIN").expect("334 ");
            client.sendRaw("bare\rline\r\n").expect("501 5.5.2");
            client.send("AUTH PLAIN").expect("334 ");
            client.send("x".repeat(20_000)).expect("501 5.5.2");
            client.send("AUTH PLAIN " + ALICE).expect("235");
        }
    }

    // SAFETY row 6
    @Test
    void noPasswordIsTakenInClear() throws IOException {
        try (LineClient client = ehlo(gateway.submission())) {
            client.send("AUTH PLAIN " + ALICE).expect("538 5.7.11");
            client.send("MAIL FROM:<alice@example.test>").expect("530 5.7.0");
        }
    }

    // SAFETY row 7: ALPACA
    @Test
    void clientsOfOtherProtocolsGetNoTls() throws IOException {
        int port = gateway.ports.bound().get(2);
        assertThrows(SSLException.class, () -> LineClient.connectTls(port, gateway.certificate, "h2", "http/1.1"));
        try (LineClient right = LineClient.connectTls(port, gateway.certificate, "smtp"); LineClient wrong = ehlo(gateway.mx())) {
            right.expect("220");
            wrong.send("STARTTLS").expect("220");
            assertThrows(SSLException.class, () -> wrong.startTls(gateway.certificate, "imap"));
        }
    }

    // SAFETY row 5
    @Test
    void starttlsForgetsWhatWasSaidInClear() throws IOException {
        try (LineClient client = ehlo(gateway.submission())) {
            client.send("STARTTLS").expect("220 2.0.0");
            client.startTls(gateway.certificate);
            client.send("MAIL FROM:<alice@example.test>").expect("503 5.5.1");
            client.send("AUTH PLAIN " + ALICE).expect("503 5.5.1");
            ehlo(client).send("STARTTLS").expect("503 5.5.1");
            client.send("AUTH PLAIN " + ALICE).expect("235");
        }
    }

    // SAFETY row 5: what was begun in clear is not taken along.
    @Test
    void starttlsHasNoPlaceWithinATransaction() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("MAIL FROM:<carol@example.org>").expect("250");
            client.send("STARTTLS").expect("503 5.5.1");
            client.send("RCPT TO:<alice@example.test>").expect("250");
            client.send("STARTTLS").expect("503 5.5.1");
            client.send("RSET").expect("250");
            client.send("STARTTLS").expect("220 2.0.0");
        }
    }

    // SAFETY row 5: who logged in in clear stays there.
    @Test
    void starttlsHasNoPlaceAfterALogin() throws IOException {
        try (TestGateway local = new TestGateway(Map.of("auth-on-loopback-in-clear", "true"));
             LineClient client = ehlo(local.submission())) {
            client.send("AUTH PLAIN " + ALICE).expect("235");
            client.send("STARTTLS").expect("503 5.5.1");
            client.send("MAIL FROM:<alice@example.test>").expect("250");
        }
    }

    // SAFETY row 4: CVE-2011-0411, CVE-2021-38542
    @Test
    void nothingSentInClearRunsUnderTls() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.sendRaw("STARTTLS\r\nMAIL FROM:<injected@example.org>\r\n").expect("554 5.5.0");
            client.expectClosed();
        }
    }

    @Test
    void thePlainPortTakesTlsAndNoLogin() throws IOException {
        try (LineClient client = ehlo(gateway.mx())) {
            client.send("AUTH PLAIN " + ALICE).expect("502 5.5.1");
            client.send("STARTTLS").expect("220");
            client.startTls(gateway.certificate);
            ehlo(client).send("MAIL FROM:<a@example.org>").expect("250");
        }
    }

    @Test
    void onLoopbackClearPasswordsMayBeConfigured() throws IOException {
        try (TestGateway local = new TestGateway(Map.of("auth-on-loopback-in-clear", "true"));
             LineClient client = ehlo(local.submission())) {
            client.send("AUTH PLAIN " + ALICE).expect("235");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
