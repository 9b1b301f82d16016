package org.postel.trust.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class LimitedDnsTest {

    private static final Duration SHORT = Duration.ofMillis(1);

    /** Whoever sends a mail slowly would else switch its checks off. */
    @Test
    void theTimeBetweenQuestionsIsNotCounted() throws Exception {
        LimitedDns dns = new LimitedDns(new FakeDns().with("example.test", "TXT", "here"), SHORT, 1);
        LockSupport.parkNanos(SHORT.multipliedBy(5).toNanos());
        assertEquals(List.of("here"), dns.texts("example.test"));
    }

    /** SAFETY row 30: questions of all kinds count together, and nobody is asked the one too many. */
    @Test
    void pastTheNumberNobodyIsAsked() throws Exception {
        FakeDns asked = new FakeDns().with("example.test", "TXT", "here");
        LimitedDns dns = new LimitedDns(asked, Duration.ofMinutes(1), 4);
        assertEquals(List.of("here"), dns.texts("example.test"));
        dns.addresses("example.test", Dns.Family.IP4);
        dns.exchangers("example.test");
        dns.names(InetAddress.ofLiteral("192.0.2.1"));
        assertThrows(DnsTroubleException.class, () -> dns.texts("example.test"));
        assertEquals(4, asked.asked());
    }
}
