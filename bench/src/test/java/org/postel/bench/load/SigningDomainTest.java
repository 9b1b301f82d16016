package org.postel.bench.load;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postel.trust.dkim.DkimResult;
import org.postel.trust.dkim.EachSignature;
import org.postel.trust.dkim.Verdict;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsResolver;
import org.postel.trust.dns.LocalDns;
import org.postel.trust.spf.Spf;
import org.postel.trust.spf.SpfQuery;
import org.postel.trust.spf.SpfResult;

/** The mail of the load passes the checks whose cost is measured, by what its domain publishes. */
class SigningDomainTest {

    private final SigningDomain domain = new SigningDomain();
    private LocalDns server;
    private Dns dns;

    @BeforeEach
    void publish() throws IOException {
        server = new LocalDns();
        domain.texts().forEach(server::withText);
        dns = new DnsResolver(List.of(server.address()), Duration.ofSeconds(5), 100);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void bothSignaturesOfALetterOfEachSizePass() throws IOException {
        Letter letter = new Letter(new Prose());
        for (int number = 0; number < 4; number++) {
            letter.write(new LetterId(1, number), "user@example.test", SizeMix.of(number));
            letter.under(domain.signatures(letter));
            assertEquals(List.of(Verdict.PASS, Verdict.PASS), verdicts(letter), SizeMix.of(number) + " octets");
        }
    }

    @Test
    void anotherBodyFails() throws IOException {
        Letter letter = new Letter(new Prose());
        letter.write(new LetterId(1, 1), "user@example.test", SizeMix.of(1));
        letter.under(domain.signatures(letter));
        letter.octets()[letter.body()] ^= 1;
        assertEquals(List.of(Verdict.FAIL, Verdict.FAIL), verdicts(letter));
    }

    @Test
    void thisMachineMaySendForIt() throws IOException {
        SpfQuery query = SpfQuery.ofSender(InetAddress.getByName("127.0.0.1"), SigningDomain.NAME, "load", SigningDomain.NAME);
        assertEquals(SpfResult.PASS, new Spf().check(query, dns));
    }

    private List<Verdict> verdicts(Letter letter) {
        return EachSignature.of(Arrays.copyOf(letter.octets(), letter.length()), dns, Clock.systemUTC()).stream().map(DkimResult::verdict).toList();
    }
}
