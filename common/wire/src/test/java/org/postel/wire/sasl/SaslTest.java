package org.postel.wire.sasl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.wire.sasl.SaslStep.Challenge;
import org.postel.wire.sasl.SaslStep.Failure;
import org.postel.wire.sasl.SaslStep.Reason;
import org.postel.wire.sasl.SaslStep.Success;

class SaslTest {

    private final PasswordVerifier<String> verifier = credentials -> credentials.password().equals("secret")
            ? new Success<>(credentials.authorizationId() + "/" + credentials.authenticationId())
            : new Failure<>(Reason.CREDENTIALS);

    private SaslStep<String> plain(String message) {
        return new Plain<>(verifier).start().next(message.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void plainTakesNameAndPassword() {
        assertEquals(new Success<>("/tim"), plain("\0tim\0secret"));
        assertEquals(new Success<>("Ursel/Kurt"), plain("Ursel\0Kurt\0secret"));
        assertEquals(new Failure<>(Reason.CREDENTIALS), plain("\0tim\0wrong"));
        assertEquals(0, assertInstanceOf(Challenge.class, new Plain<>(verifier).start().begin()).octets().length);
    }

    /** SAFETY row 21: control octets after decoding (CVE-2026-33603). */
    @ParameterizedTest
    @ValueSource(strings = {"", "\0", "\0\0", "tim", "tim\0secret", "\0tim\0", "\0\0secret", "\0tim\0secret\0", "\0tim\0sec\tret",
        "\0t\nim\0secret", "a\r\0tim\0secret", "\0tim\0sec\u0080ret", "\0tim\0secret\u007f"})
    void plainThatBreaksTheSyntaxIsMalformed(String message) {
        assertEquals(new Failure<>(Reason.MALFORMED), plain(message));
    }

    @Test
    void namesThatAreNoUtf8AreMalformed() {
        byte[] message = {0, 't', (byte) 0xff, 0, 's'};
        assertEquals(new Failure<>(Reason.MALFORMED), new Plain<>(verifier).start().next(message));
        assertEquals(new Failure<>(Reason.MALFORMED), plain("\0tim\0" + "x".repeat(2000)));
    }

    @Test
    void loginAsksForNameThenPassword() {
        var exchange = new Login<>(verifier).start();
        assertPrompt("Username:", exchange.begin());
        assertPrompt("Password:", exchange.next("tim".getBytes(StandardCharsets.UTF_8)));
        assertEquals(new Success<>("/tim"), exchange.next("secret".getBytes(StandardCharsets.UTF_8)));
        assertEquals(new Failure<>(Reason.MALFORMED), new Login<>(verifier).start().next(new byte[0]));
    }

    private static void assertPrompt(String text, SaslStep<String> step) {
        assertArrayEquals(text.getBytes(StandardCharsets.US_ASCII), assertInstanceOf(Challenge.class, step).octets());
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "AA", "AAA", "AB==", "AAB=", "AA==AA==", "AA=", "A A=", "AA==\t", "AA-_", "=", "====", "\u00e9AAA"})
    void base64IsStrict(String text) {
        assertTrue(SaslText.decode(text.getBytes(StandardCharsets.UTF_8)).isEmpty());
    }

    @Test
    void anEqualSignIsTheEmptyInitialResponse() {
        assertEquals(0, SaslText.decodeInitial("=".getBytes(StandardCharsets.US_ASCII)).orElseThrow().length);
        assertEquals(1, SaslText.decode("AA==".getBytes(StandardCharsets.US_ASCII)).orElseThrow().length);
    }

    @Test
    void thePasswordIsNotPrinted() {
        assertEquals("PasswordCredentials[, tim]", new PasswordCredentials("", "tim", "secret").toString());
    }
}
