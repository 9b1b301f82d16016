package org.postel.delivery.smtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.delivery.smtp.OutgoingMail.Body;
import org.postel.delivery.smtp.OutgoingMail.Wishes;

/** No octet changes on its way: what a server would change is not sent to it. RFC 6152 §3, RFC 3030 §3. */
class OctetNeedsTest {

    private static final String ASCII = "Subject: x\r\n\r\nhello\r\n";
    private static final String LATIN = "Subject: x\r\n\r\n\u00e4\r\n";
    private static final Extensions SEVEN_BIT = server();
    private static final Extensions EIGHT_BIT = server("8BITMIME");
    private static final Extensions BINARY = server("CHUNKING", "BINARYMIME");

    @ParameterizedTest
    @EnumSource(Body.class)
    void eightBitContentIsNotSentToASevenBitServerWhateverWasSaidOfIt(Body body) throws Exception {
        assertEquals("5.6.3", obstacle(LATIN, body, SEVEN_BIT));
    }

    @ParameterizedTest
    @EnumSource(Body.class)
    void sevenBitContentIsSentToEveryServer(Body body) throws Exception {
        assertEquals("MAIL FROM:<a@example.test>", mail(ASCII, body, SEVEN_BIT));
    }

    @Test
    void eightBitContentIsDeclaredAlsoWhenItsClientDidNot() throws Exception {
        assertEquals("MAIL FROM:<a@example.test> BODY=8BITMIME", mail(LATIN, Body.SEVEN_BIT, EIGHT_BIT));
        assertEquals("MAIL FROM:<a@example.test>", mail(ASCII, Body.SEVEN_BIT, EIGHT_BIT));
        assertEquals("MAIL FROM:<a@example.test> BODY=8BITMIME", mail(ASCII.repeat(10_000), Body.SEVEN_BIT, EIGHT_BIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\rb\r\n", "a\nb\r\n", "a\r\r\n", "\n", "a\u0000b\r\n"})
    void binaryContentIsNotSentThroughData(String content) throws Exception {
        assertEquals("5.6.1", obstacle(content, Body.BINARY, EIGHT_BIT));
        assertEquals("5.6.1", obstacle(content, Body.BINARY, server("BINARYMIME", "8BITMIME")));
        assertEquals("5.6.1", obstacle(content, Body.BINARY, server("CHUNKING", "8BITMIME")));
        assertEquals("MAIL FROM:<a@example.test> BODY=BINARYMIME", mail(content, Body.BINARY, BINARY));
        assertTrue(offer(content, Body.BINARY, BINARY).binary());
    }

    @Test
    void contentDeclaredBinaryThatIsTextIsSent() throws Exception {
        String longest = "x".repeat(998) + "\r\n";
        assertEquals("MAIL FROM:<a@example.test> BODY=8BITMIME", mail(LATIN + longest, Body.BINARY, EIGHT_BIT));
        assertEquals(false, offer(LATIN + longest, Body.BINARY, BINARY).binary());
        assertEquals("5.6.1", obstacle("x" + longest, Body.BINARY, EIGHT_BIT));
    }

    private static String mail(String content, Body body, Extensions server) throws Exception {
        return offer(content, body, server).commands().getFirst();
    }

    private static String obstacle(String content, Body body, Extensions server) throws Exception {
        Offer offer = offer(content, body, server);
        assertTrue(offer.nothing());
        return assertInstanceOf(Answer.NotOffered.class, offer.obstacle()).status();
    }

    private static Offer offer(String content, Body body, Extensions server) throws Exception {
        byte[] octets = content.getBytes(StandardCharsets.ISO_8859_1);
        return Offer.of(new OutgoingMail("a@example.test", octets.length, body, false, Wishes.NONE, () -> new ByteArrayInputStream(octets)),
                List.of(To.of("b@example.org")), server);
    }

    private static Extensions server(String... extensions) {
        return Extensions.of(new Reply(250, Stream.concat(Stream.of("mx.example.org"), Arrays.stream(extensions)).toList()));
    }
}
