package org.postel.trust.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DnsResolverTest {

    private static final Duration LIMIT = Duration.ofMillis(600);

    private final LocalDns server = new LocalDns();
    private final DnsResolver resolver = new DnsResolver(List.of(server.address()), LIMIT, 2);

    DnsResolverTest() throws IOException {
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void everyQuestionHasItsAnswer() throws DnsTroubleException {
        server.with("h.test", "A", 60, "192.0.2.1").with("h.test", "AAAA", 60, "2001:db8::1")
            .with("d.test", "MX", 60, "20 b.test.").with("d.test", "MX", 60, "10 a.test.")
            .with("d.test", "TXT", 60, "\"v=spf1 \" \"caf\\195\\169\"")
            .with("1.2.0.192.in-addr.arpa", "PTR", 60, "h.test.");
        assertEquals(List.of(InetAddress.ofLiteral("192.0.2.1")), resolver.addresses("h.test", Dns.Family.IP4));
        assertEquals(List.of(InetAddress.ofLiteral("2001:db8::1")), resolver.addresses("h.test.", Dns.Family.IP6));
        assertEquals(List.of("a.test", "b.test"), resolver.exchangers("d.test"));
        assertEquals(List.of("v=spf1 caf\u00c3\u00a9"), resolver.texts("d.test"));
        assertEquals(List.of("h.test"), resolver.names(InetAddress.ofLiteral("192.0.2.1")));
    }

    @Test
    void theNullExchangerIsNone() throws DnsTroubleException {
        server.with("d.test", "MX", 60, "0 .");
        assertEquals(List.of(), resolver.exchangers("d.test"));
    }

    @Test
    void whatIsNotThereOrCannotBeAskedIsEmpty() throws DnsTroubleException {
        server.with("h.test", "A", 60, "192.0.2.1");
        assertEquals(List.of(), resolver.texts("h.test"));
        assertEquals(List.of(), resolver.texts("nobody.test"));
        int asked = server.asked();
        assertEquals(List.of(), resolver.texts("a..test"));
        assertEquals(List.of(), resolver.texts("x".repeat(64) + ".test"));
        assertEquals(List.of(), resolver.texts("a\\.test"));
        assertEquals(asked, server.asked());
    }

    @Test
    void aFailureOrSilenceIsTroubleInTime() {
        server.failing("f.test").silent("s.test");
        assertThrows(DnsTroubleException.class, () -> resolver.texts("f.test"));
        long start = System.nanoTime();
        assertThrows(DnsTroubleException.class, () -> resolver.texts("s.test"));
        assertTrue(System.nanoTime() - start < LIMIT.multipliedBy(4).toNanos());
    }

    @Test
    void anAnswerIsRememberedForItsTimeAndWhileThereIsRoom() throws DnsTroubleException {
        server.with("a.test", "A", 60, "192.0.2.1").with("b.test", "A", 60, "192.0.2.2").with("c.test", "A", 60, "192.0.2.3")
            .with("now.test", "A", 0, "192.0.2.4");
        assertEquals(1, questions("a.test", "a.test"));
        assertEquals(2, questions("now.test", "now.test"));
        assertEquals(3, questions("b.test", "c.test", "a.test"));
    }

    private int questions(String... hosts) throws DnsTroubleException {
        int before = server.asked();
        for (String host : hosts) {
            assertEquals(1, resolver.addresses(host, Dns.Family.IP4).size());
        }
        return server.asked() - before;
    }
}
