package org.postel.delivery.sign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.Origin;
import org.postel.queue.v1.QueuedMessage;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.EachSignature;

class SigningTest {

    private static final String HEADER = "Received: from x by y; Sun, 1 Mar 2026 12:00:00 +0000\r\nFrom: Alice <alice@example.test>\r\nSubject: x\r\n";

    private final Fixture fixture = new Fixture();
    private final KeysOfTheTest keys = new KeysOfTheTest();
    private final Signing signing = new Signing(fixture.contents, keys, Clock.systemUTC());

    @ParameterizedTest
    @ValueSource(strings = {"\r\nhello \r\n\r\n", "\r\n", "", "\r\nno line end", "\r\n.\r\n..\r\n"})
    void whatAnAccountSendsIsSignedWithEachKey(String body) throws Exception {
        assertEquals(List.of("pass example.test r1", "pass example.test e1"), verify(submitted(HEADER + body)));
    }

    @Test
    void aBodyOfManyBlocksIsSignedWhole() throws Exception {
        String body = "0123456789 abcdef\r\n".repeat(20_000);
        QueuedMessage message = submitted(HEADER + "X-Long: " + "y".repeat(40_000) + "\r\n\r\n" + body);
        assertEquals(List.of("pass example.test r1", "pass example.test e1"), verify(message));
        String fields = signing.of(message);
        assertTrue(verify(fields, HEADER + "\r\n" + body + "more\r\n").stream().allMatch(result -> result.startsWith("fail")));
        assertFalse(Pattern.compile(";\\s*l=").matcher(fields).find(), fields);
    }

    /** SAFETY row 27. */
    @Test
    void anotherFromBreaksTheSignature() throws Exception {
        String fields = signing.of(submitted(HEADER + "\r\nx\r\n"));
        assertTrue(verify(fields, "From: eve@example.org\r\n" + HEADER + "\r\nx\r\n").stream().allMatch(result -> result.startsWith("fail")));
    }

    @Test
    void ourOwnNotificationsAreSignedForTheDomainAboveTheHost() throws Exception {
        QueuedMessage notification = mail("From: Mail <MAILER-DAEMON@mx.example.test>\r\nSubject: x\r\n\r\nx\r\n").setReversePath("").clearOrigin().build();
        assertEquals(List.of("pass example.test r1", "pass example.test e1"), verify(notification));
    }

    @Test
    void theAuthorCountsAndWithoutOneTheSender() throws Exception {
        signing.of(submitted(HEADER.replace("example.test", "other.test") + "\r\n"));
        signing.of(submitted("Subject: nobody\r\n\r\n"));
        assertEquals(List.of("other.test", "example.test"), keys.asked);
    }

    /** Nobody vouches for what a stranger wrote, whatever it says of itself. */
    @Test
    void whatAStrangerSendsIsNotSigned() throws Exception {
        QueuedMessage stranger = mail(HEADER + "\r\nx\r\n").setOrigin(Origin.newBuilder().setClientAddress("192.0.2.1")).build();
        assertEquals("", signing.of(stranger));
        assertEquals("", signing.of(stranger.toBuilder().setReversePath("").build()));
        assertEquals("", signing.of(stranger.toBuilder().clearOrigin().build()));
        assertEquals(List.of(), keys.asked);
    }

    @Test
    void whatNobodySignsForGoesAsItIs() throws Exception {
        assertEquals("", signing.of(submitted(HEADER.replace("example.test", "example.org") + "\r\nx\r\n")));
    }

    @Test
    void trouble() {
        keys.away = true;
        assertThrows(IOException.class, () -> signing.of(submitted(HEADER + "\r\nx\r\n")));
    }

    @Test
    void aHeaderWithoutEndIsNotHeld() throws Exception {
        assertEquals("", signing.of(submitted(HEADER + ("X: " + "y".repeat(1_000) + "\r\n").repeat(1_100))));
    }

    private static QueuedMessage.Builder mail(String content) {
        return Fixture.message("bob@example.org").toBuilder().setInline(ByteString.copyFrom(content, StandardCharsets.ISO_8859_1));
    }

    private static QueuedMessage submitted(String content) {
        return mail(content).setOrigin(Origin.newBuilder().setClientAddress("192.0.2.1").setAuthenticatedAs("alice@example.test")).build();
    }

    private List<String> verify(QueuedMessage message) throws IOException {
        return verify(signing.of(message), message.getInline().toString(StandardCharsets.ISO_8859_1));
    }

    private List<String> verify(String fields, String content) {
        return EachSignature.of((fields + content).getBytes(StandardCharsets.ISO_8859_1), keys.dns, Clock.systemUTC()).stream().map(SigningTest::words).toList();
    }

    private static String words(DkimResult result) {
        return result.verdict() + result.signature().map(signature -> " " + signature.domain() + " " + signature.selector()).orElse("");
    }
}
