package org.postel.mail.mime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9051 §7.5.2 and RFC 5322 §3.4: what an ENVELOPE says of a header. */
class EnvelopeReadingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "a@example.org|- a example.org",
        "Joe Q. Public <john.q.public@example.com>|[Joe Q. Public] john.q.public example.com",
        "\"Joe \\\"Q\\\" Public\" <\"j p\"@example.com>|[Joe \"Q\" Public] [j p] example.com",
        "a@example.org (Al (the) Pal)|[Al (the) Pal] a example.org",
        "<a@example.org> (Al)|Al a example.org",
        "A Group:Ed <e@example.test>,j@example.test;|-start [A Group], Ed e example.test, - j example.test, -end",
        "Undisclosed recipients:;|-start [Undisclosed recipients], -end",
        "g: a@b, c: d@e|-start g, - a b, - d e, -end",
        "<@relay.example,@b.example:joe@example.org>|- joe example.org",
        "a@[192.0.2.1], b@[IPv6:2001:db8::1]|- a [192.0.2.1], - b [IPv6:2001:db8::1]",
        "root|- root []",
        "<>|- [] []",
        ", ,a@b,,c@d,|- a b, - c d",
        "a@b.org <c@d.org>|a@b.org c d.org",
        "=?utf-8?q?J=C3=B6rg?= <j@example.org>|=?utf-8?q?J=C3=B6rg?= j example.org",
        "Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>|Pete pete silly.test",
        "a . b @ example . org|- a.b example.org",
        "\"unclosed <a@b>|- [unclosed <a@b>] []",
        "(only a comment|",
        "a@b>,c@d|- a b, - c d",
    })
    void addressList(String field, String expected) {
        MessageEnvelope envelope = MimeScannerTest.scan("To: " + field + "\r\n\r\n").envelope();
        assertEquals(Optional.ofNullable(expected).orElse(""), envelope.to().stream().map(EnvelopeReadingTest::written).collect(Collectors.joining(", ")));
    }

    @Test
    void senderAndReplyToAreFromWhenMissing() {
        MessageEnvelope envelope = MimeScannerTest.scan("From: a@b\r\nReply-To:\r\n\r\n").envelope();
        assertEquals(envelope.from(), envelope.sender());
        assertEquals(envelope.from(), envelope.replyTo());
    }

    @Test
    void missingFieldsAreAbsent() {
        MessageEnvelope envelope = MimeScannerTest.scan("\r\n").envelope();
        assertTrue(envelope.subject().isEmpty() && envelope.date().isEmpty() && envelope.from().isEmpty());
        assertEquals(Octets.EMPTY, MimeScannerTest.scan("Subject:\r\n\r\n").envelope().subject().orElseThrow());
    }

    @Test
    void foldedValuesAreUnfoldedAndKeepTheirOctets() {
        MessageEnvelope envelope = MimeScannerTest.scan("Subject: one\r\n\ttwo\r\n  thr\u00e9\u00e8  \r\n\r\n").envelope();
        assertEquals("one\ttwo  thr\u00e9\u00e8", envelope.subject().orElseThrow().toString());
    }

    @Test
    void firstOfTwoFieldsCounts() {
        assertEquals("1", MimeScannerTest.scan("subject: 1\r\nSUBJECT: 2\r\n\r\n").envelope().subject().orElseThrow().toString());
    }

    /** RFC 5322 §4.5.3. */
    @Test
    void severalDestinationFieldsAreReadAsOne() {
        MessageEnvelope envelope = MimeScannerTest.scan("To: a@b\r\nFrom: x@y\r\nTO: c@d, e@f\r\nCc: g@h\r\nCc: i@j\r\nFrom: z@y\r\n\r\n").envelope();
        assertEquals("- a b, - c d, - e f", envelope.to().stream().map(EnvelopeReadingTest::written).collect(Collectors.joining(", ")));
        assertEquals(2, envelope.cc().size());
        assertEquals("- x y", envelope.from().stream().map(EnvelopeReadingTest::written).collect(Collectors.joining(", ")));
        assertEquals(MimeLimits.DEFAULT.addresses(), MimeScannerTest.scan("To: a@b\r\n".repeat(100_000) + "\r\n").envelope().to().size());
    }

    @Test
    void addressesOverTheLimitAreLeftOut() {
        String many = "a@b,".repeat(100_000);
        assertEquals(MimeLimits.DEFAULT.addresses(), MimeScannerTest.scan("To: " + many + "\r\n\r\n").envelope().to().size());
    }

    private static String written(EnvelopeAddress address) {
        if (address.equals(EnvelopeAddress.GROUP_END)) {
            return "-end";
        }
        if (!address.isMailbox()) {
            return "-start " + bracketed(address.mailbox().orElseThrow());
        }
        return List.of(address.name().map(EnvelopeReadingTest::bracketed).orElse("-"),
                bracketed(address.mailbox().orElseThrow()), bracketed(address.host().orElseThrow()))
                .stream().collect(Collectors.joining(" "));
    }

    private static String bracketed(Octets octets) {
        String text = octets.toString();
        return text.isEmpty() || text.contains(" ") ? "[" + text + "]" : text;
    }
}
