package org.postel.pop3.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.LineClient;
import org.postel.wire.TestCertificate;

/** SAFETY row 20: who guesses waits, and what cannot be read is a guess too. */
@Timeout(60)
class LoginFailuresTest {

    private static final Duration DELAY = Duration.ofMillis(100);

    @TempDir
    static Path folder;

    private static TestCertificate certificate;

    @BeforeAll
    static void makeCertificate() throws Exception {
        certificate = TestCertificate.in(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PASS guess", "AUTH PLAIN AGFsaWNlAGd1ZXNz", "AUTH PLAIN !!!"})
    void eachGuessIsAnsweredLaterThanTheOneBefore(String guess) throws IOException {
        try (Pop3Stage stage = stage("100ms"); LineClient client = connect(stage)) {
            for (long times : new long[] {1, 2, 4, 8, 8}) {
                client.send("USER alice").expect("+OK");
                long begun = System.nanoTime();
                client.send(guess).expect("-ERR");
                assertTrue(System.nanoTime() - begun >= DELAY.multipliedBy(times).toNanos(), "answered before " + times + " times the delay");
            }
        }
    }

    @Test
    void whatCannotBeDecodedCountsForTheNetwork() throws IOException {
        try (Pop3Stage stage = stage("0s"); LineClient client = connect(stage)) {
            client.send("AUTH PLAIN !!!").expect("-ERR not base64");
            client.send("AUTH PLAIN " + base64("no NUL")).expect("-ERR");
            client.send("AUTH PLAIN").expect("+ ");
            client.send("AA=").expect("-ERR not base64");
            client.send("AUTH PLAIN").expect("+ ");
            client.send("A".repeat(20_000)).expect("-ERR");
            assertEquals(4, stage.accounts.unreadable.get());
            client.send("AUTH PLAIN").expect("+ ");
            client.send("*").expect("-ERR");
            client.send("AUTH PLAIN " + base64("\0alice\0guess")).expect("-ERR [AUTH]");
            client.send("AUTH PLAIN " + base64("\0alice\0secret")).expect("+OK");
            assertEquals(4, stage.accounts.unreadable.get(), "a wrong password is counted where it is checked");
        }
    }

    /** RFC 2449 §6.6: commands may come ahead of answers, and each runs in the state that the one before left. */
    @Test
    void whatComesWithALoginRunsAsWhoeverIsLoggedInThen() throws IOException {
        try (Pop3Stage stage = stage("0s"); LineClient client = connect(stage)) {
            client.sendRaw("AUTH PLAIN\r\n" + base64("\0alice\0guess") + "\r\nSTAT\r\n").expect("+ ");
            client.expect("-ERR [AUTH]");
            client.expect("-ERR not in this state");
            client.sendRaw("AUTH PLAIN " + base64("\0alice\0secret") + "\r\nSTAT\r\n").expect("+OK maildrop");
            client.expect("+OK 0 0");
        }
    }

    private static Pop3Stage stage(String delay) throws IOException {
        Pop3Stage stage = new Pop3Stage(certificate, Map.of("postel.pop3.auth-on-loopback-in-clear", "true", "postel.pop3.auth-failure-delay", delay,
                "postel.pop3.max-auth-failures", "10"));
        stage.given("alice has no message");
        return stage;
    }

    private static LineClient connect(Pop3Stage stage) throws IOException {
        LineClient client = LineClient.connect(stage.port());
        client.expect("+OK");
        return client;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
