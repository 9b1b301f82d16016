package org.postel.mail.dsn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.dom.TextBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.api.Test;
import org.postel.mail.QueueId;

/** RFC 3464, RFC 6522 and RFC 6533: what a sender is told, read back by a parser that is not ours. */
class NotificationTest {

    private static final QueueId ID = new QueueId(new UUID(0x019aaf3c_1c00_7000L, 0x8000_0000_0000_0001L));
    private static final Instant NOW = Instant.parse("2026-11-23T21:00:00Z");
    private static final String MAIL = "Message-ID: <m1@example.test>\r\nFrom: alice@example.test\r\nSubject: Lunch?\r\n"
            + "Date: Mon, 23 Nov 2026 20:00:00 +0000\r\n\r\nAt noon.\r\n";

    @Test
    void failureIsAsWritten() throws IOException {
        RecipientReport bob = failed("bob@example.org", "550-5.1.1 No such user\r\n550 5.1.1 here");
        Notification notification = Notification.of(report(List.of(bob), new Original.Header(MAIL.getBytes(StandardCharsets.US_ASCII))));
        assertEquals(resource("failure.eml"), text(notification));
        assertFalse(notification.eightBit() || notification.smtputf8());
    }

    @Test
    void delayIsAsWritten() throws IOException {
        RecipientReport bob = new RecipientReport("bob@example.org", Optional.of("rfc822;bob+2Bnews@example.org"), Action.DELAYED, "4.4.1",
                Optional.empty(), "", NOW, Optional.of(Instant.parse("2026-11-28T20:00:00Z")));
        Notification notification = Notification.of(report(List.of(bob), new Original.Whole(MAIL.getBytes(StandardCharsets.US_ASCII))));
        assertEquals(resource("delay.eml"), text(notification));
    }

    @Test
    void anotherParserReadsThreeParts() throws IOException {
        RecipientReport bob = failed("bob@example.org", "550 no");
        RecipientReport carol = failed("carol@example.org", "552 full");
        Notification notification = Notification.of(report(List.of(bob, carol), new Original.Whole(MAIL.getBytes(StandardCharsets.US_ASCII))));
        List<Entity> parts = parse(notification);
        assertEquals(List.of("text/plain", "message/delivery-status", "message/rfc822"), parts.stream().map(Entity::getMimeType).toList());
        assertEquals("Lunch?", ((Message) parts.get(2).getBody()).getSubject());
        String[] blocks = content(parts.get(1)).split("\r\n\r\n");
        assertEquals(3, blocks.length);
        assertTrue(blocks[2].contains("Final-Recipient: rfc822; carol@example.org\r\n"));
    }

    @Test
    void internationalAddressesMakeTheGlobalForm() throws IOException {
        RecipientReport jose = failed("jos\u00e9@example.org", "550 pas de jos\u00e9");
        DeliveryReport report = new DeliveryReport(ID, "mx.example.test", "\u00e4nne@example.test", Optional.empty(), NOW, NOW, List.of(jose),
                new Original.Header("Subject: d\u00e9j\u00e0 vu\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
        Notification notification = Notification.of(report);
        assertTrue(notification.eightBit() && notification.smtputf8());
        List<Entity> parts = parse(notification);
        assertEquals(List.of("text/plain", "message/global-delivery-status", "message/global-headers"), parts.stream().map(Entity::getMimeType).toList());
        assertTrue(content(parts.get(1)).contains("Final-Recipient: utf-8; jos\u00e9@example.org\r\n"));
        assertTrue(content(parts.get(0)).contains("jos\u00e9@example.org"));
        assertTrue(content(parts.get(0)).contains("d\u00e9j\u00e0 vu"));
    }

    /** RFC 6533 §3: both ways of writing it. */
    @Test
    void anInternationalOriginalRecipientIsReadable() {
        for (String parameter : List.of("utf-8;jos\\x{E9}+2Bnews@example.org", "utf-8;jos\u00e9+2Bnews@example.org")) {
            RecipientReport jose = new RecipientReport("b@example.org", Optional.of(parameter), Action.FAILED, "5.1.1", Optional.empty(), "",
                    NOW, Optional.empty());
            String written = new String(Notification.of(report(List.of(jose), new Original.Header(new byte[0]))).octets(), StandardCharsets.UTF_8);
            assertTrue(written.contains("Original-Recipient: utf-8; jos\u00e9+news@example.org\r\n"), written);
            assertTrue(written.contains("message/global-delivery-status"), written);
        }
    }

    /** SAFETY row 11. */
    @Test
    void nothingAPeerSaidBecomesAField() {
        String evil = "x\r\nBcc: victim@example.org\r\n\r\n--report\u2028\u0000\u001b[2J\n";
        RecipientReport bob = new RecipientReport(evil, Optional.of("rfc822;a+0D+0ABcc: b"), Action.FAILED, evil,
                Optional.of(new RemoteAnswer(evil, evil)), evil, NOW, Optional.empty());
        DeliveryReport report = new DeliveryReport(ID, evil, evil, Optional.of("a+0D+0ABcc: c"), NOW, NOW, List.of(bob),
                new Original.Header(("Message-ID: " + evil + "Subject: a\rBcc: d\r\n b\r\n").getBytes(StandardCharsets.UTF_8)));
        String ours = text(Notification.of(report)).split("Content-Description: Your mail")[0];
        assertFalse(ours.contains("\r\nBcc:"), ours);
        assertTrue(ours.chars().allMatch(octet -> octet == '\r' || octet == '\n' || octet >= ' '), ours);
        assertTrue(ours.contains("Status: 5.0.0\r\n"));
    }

    @Test
    void linesAreBoundedAndEndInCrlf() {
        String endless = "\u20ac".repeat(100_000) + " x".repeat(100_000);
        RecipientReport bob = failed("b".repeat(10_000) + "@example.org", endless);
        String original = "A: b\nB: c\rD: e\r\n" + "F: g\r\n".repeat(100_000);
        String written = text(Notification.of(report(List.of(bob), new Original.Header(original.getBytes(StandardCharsets.US_ASCII)))));
        assertTrue(written.length() < 100_000, "length " + written.length());
        assertFalse(written.replace("\r\n", "").matches("(?s).*[\r\n].*"));
        assertTrue(written.lines().allMatch(line -> line.length() <= 998));
    }

    @Test
    void latinHeaderIsGivenBackAsItIs() {
        byte[] original = "Subject: gr\u00fc\u00df\r\n".getBytes(StandardCharsets.ISO_8859_1);
        Notification notification = Notification.of(report(List.of(failed("b@example.org", "550 no")), new Original.Header(original)));
        assertTrue(notification.eightBit());
        assertTrue(text(notification).contains("text/rfc822-headers\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSubject: gr\u00fc\u00df\r\n"));
        assertTrue(text(notification).contains("Subject: =?"));
    }

    @Test
    void whatWeFoundOurselvesIsInThePartForProgramsToo() {
        RecipientReport bob = new RecipientReport("b@example.org", Optional.empty(), Action.FAILED, "4.4.1", Optional.empty(),
                "The mail server mx.example.org could not be reached: Connection refused", NOW, Optional.empty());
        String written = text(Notification.of(report(List.of(bob), new Original.Header(new byte[0]))));
        assertTrue(written.contains("Diagnostic-Code: X-Postel; The mail server mx.example.org could not be\r\n reached: Connection refused\r\n"), written);
        assertTrue(written.contains("It was tried for as long as we try, without success. The last time: The mail\r\n"), written);
    }

    private static RecipientReport failed(String address, String reply) {
        return new RecipientReport(address, Optional.empty(), Action.FAILED, "5.1.1",
                Optional.of(new RemoteAnswer("mx.example.org", reply)), "", NOW, Optional.empty());
    }

    private static DeliveryReport report(List<RecipientReport> recipients, Original original) {
        return new DeliveryReport(ID, "mx.example.test", "alice@example.test", Optional.of("env+3D1"),
                Instant.parse("2026-11-23T20:00:01Z"), NOW, recipients, original);
    }

    private static List<Entity> parse(Notification notification) throws IOException {
        DefaultMessageBuilder builder = new DefaultMessageBuilder();
        builder.setMimeEntityConfig(MimeConfig.STRICT);
        return ((Multipart) builder.parseMessage(new ByteArrayInputStream(notification.octets())).getBody()).getBodyParts();
    }

    private static String content(Entity part) throws IOException {
        if (part.getBody() instanceof TextBody text) {
            return new String(text.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        return new String(((SingleBody) part.getBody()).getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static String text(Notification notification) {
        return new String(notification.octets(), StandardCharsets.ISO_8859_1);
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = NotificationTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII).replace("\r\n", "\n").replace("\n", "\r\n");
        }
    }
}
