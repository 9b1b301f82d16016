package org.postel.imap.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.LineClient;

/** SAFETY row 20: who guesses waits, and what cannot be read is a guess too. */
@Timeout(60)
class LoginFailuresTest {

    private static final Duration DELAY = Duration.ofMillis(100);
    private static final String RIGHT = base64("\0alice@example.test\0secret");

    @ParameterizedTest
    @ValueSource(strings = {"a LOGIN alice@example.test guess", "a AUTHENTICATE PLAIN AGFsaWNlQGV4YW1wbGUudGVzdABndWVzcw==", "a AUTHENTICATE PLAIN !!!"})
    void eachGuessIsAnsweredLaterThanTheOneBefore(String guess) throws IOException {
        try (TestGateway gateway = gateway("100ms"); LineClient client = gateway.connect()) {
            for (long times : new long[] {1, 2, 4, 8, 8}) {
                long begun = System.nanoTime();
                assertTrue(client.send(guess).readLine().matches("a (NO|BAD) .*"));
                assertTrue(System.nanoTime() - begun >= DELAY.multipliedBy(times).toNanos(), "answered before " + times + " times the delay");
            }
        }
    }

    @Test
    void whatCannotBeDecodedCountsForTheNetwork() throws IOException {
        try (TestGateway gateway = gateway("0s"); LineClient client = gateway.connect()) {
            client.send("a AUTHENTICATE PLAIN !!!").expect("a BAD Malformed");
            client.send("b AUTHENTICATE PLAIN " + base64("no NUL")).expect("b BAD Malformed");
            client.send("c AUTHENTICATE PLAIN").expect("+ ");
            client.send("AA=").expect("c BAD Malformed");
            assertEquals(3, gateway.accounts.unreadable().get());
            client.send("d AUTHENTICATE PLAIN").expect("+ ");
            client.send("*").expect("d BAD Cancelled");
            client.send("e LOGIN alice@example.test guess").expect("e NO [AUTHENTICATIONFAILED]");
            client.send("f AUTHENTICATE PLAIN " + RIGHT).expect("f OK");
            assertEquals(3, gateway.accounts.unreadable().get(), "a wrong password is counted where it is checked");
        }
    }

    /** RFC 3501 §5.5: commands may come ahead of answers, and each runs in the state that the one before left. */
    @Test
    void whatComesWithALoginRunsAsWhoeverIsLoggedInThen() throws IOException {
        try (TestGateway gateway = gateway("0s"); LineClient client = gateway.connect()) {
            client.sendRaw("a AUTHENTICATE PLAIN\r\n" + base64("\0alice@example.test\0guess") + "\r\nb STATUS INBOX (MESSAGES)\r\n").expect("+ ");
            client.expect("a NO [AUTHENTICATIONFAILED]");
            client.expect("b BAD");
            client.sendRaw("c AUTHENTICATE PLAIN " + RIGHT + "\r\nd STATUS INBOX (MESSAGES)\r\n").expect("c OK");
            client.expect("* STATUS INBOX (MESSAGES 0)");
            client.expect("d OK");
        }
    }

    private static TestGateway gateway(String delay) throws IOException {
        return new TestGateway(Map.of("postel.imap.auth-delay", delay, "postel.imap.max-auth-failures", "10"), Optional.empty());
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
