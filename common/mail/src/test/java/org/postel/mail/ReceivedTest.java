package org.postel.mail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceivedTest {

    private static final ZonedDateTime AT = ZonedDateTime.of(2026, 1, 5, 7, 8, 9, 0, ZoneOffset.ofHours(-5));

    @Test
    void namesEveryClause() {
        QueueId id = QueueId.next();
        assertEquals("Received: from client.example.org ([192.0.2.7])\r\n\tby mx.example.test with ESMTPSA id " + id
            + "\r\n\tfor <bob@example.test>;\r\n\tMon, 5 Jan 2026 07:08:09 -0500\r\n",
            new Received(from("client.example.org", "192.0.2.7"), "mx.example.test",
                TransmissionProtocol.ESMTPSA, id, Optional.of("bob@example.test"), AT).toString());
    }

    @Test
    void tagsAnIpv6Address() {
        String text = new Received(from("x", "2001:db8::1"), "y", TransmissionProtocol.SMTP, QueueId.next(),
            Optional.empty(), AT).toString();
        assertEquals("Received: from x ([IPv6:2001:db8:0:0:0:0:0:1])", text.lines().findFirst().orElseThrow());
    }

    @Test
    void saysNothingOfAClientThatIsHidden() {
        String text = new Received(Optional.empty(), "y", TransmissionProtocol.ESMTPSA, QueueId.next(), Optional.empty(), AT).toString();
        assertEquals("Received: from unknown", text.lines().findFirst().orElseThrow());
    }

    // SAFETY row 11
    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\0b", "a\rb", "a\u0085b"})
    void noClientWritesALineOfItsOwn(String helo) {
        assertThrows(IllegalArgumentException.class, () -> new Received(from(helo, "127.0.0.1"), "y",
            TransmissionProtocol.SMTP, QueueId.next(), Optional.empty(), AT));
    }

    @Test
    void theProtocolWordFollowsRfc3848And6531() {
        assertEquals(TransmissionProtocol.SMTP, TransmissionProtocol.of(false, false, false, false));
        assertEquals(TransmissionProtocol.ESMTP, TransmissionProtocol.of(true, false, false, false));
        assertEquals(TransmissionProtocol.ESMTPSA, TransmissionProtocol.of(true, false, true, true));
        assertEquals(TransmissionProtocol.LMTP, TransmissionProtocol.ofLmtp(false, false));
        assertEquals(TransmissionProtocol.UTF8LMTPS, TransmissionProtocol.ofLmtp(true, true));
        assertEquals(TransmissionProtocol.UTF8SMTPS, TransmissionProtocol.of(true, true, true, false));
        assertEquals(TransmissionProtocol.UTF8SMTPA, TransmissionProtocol.of(true, true, false, true));
    }

    private static Optional<Received.From> from(String helo, String address) {
        return Optional.of(new Received.From(helo, InetAddress.ofLiteral(address)));
    }
}
