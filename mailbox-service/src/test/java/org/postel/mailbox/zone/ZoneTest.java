package org.postel.mailbox.zone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.dkim.DkimKeys;
import org.postel.mailbox.dkim.KeysInMemory;
import org.postel.mailbox.zone.Finding.State;
import org.postel.trust.dns.LocalDns;
import org.xbill.DNS.Master;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;

/** What is to be published, and what a DNS server of the test's own says of it. */
@Timeout(30)
class ZoneTest {

    private static final String DOMAIN = "example.test";

    private final DkimKeys keys = new DkimKeys(new KeysInMemory(), DOMAIN::equals, Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC));
    private final Zones zones = zones("20260301");
    private LocalDns server;
    private ZoneCheck check;

    @BeforeEach
    void serve() throws IOException {
        server = new LocalDns();
        check = new ZoneCheck(new LiveDns(Optional.of(server.address()), Duration.ofSeconds(2)));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Zones zones(String policy) {
        return new Zones(new ZoneSettings("out.example.test", List.of("mx1.example.test", "mx2.example.net"), "mail.example.test", "v=spf1 mx -all",
                "v=DMARC1; p=reject; rua=mailto:postmaster@{domain}", "v=TLSRPTv1; rua=mailto:tls@{domain}"), policy, keys, Clock.systemUTC());
    }

    @Test
    void everyRecordIsThere() {
        assertEquals("""
                example.test. 3600 IN MX 10 mx1.example.test.
                example.test. 3600 IN MX 20 mx2.example.net.
                example.test. 3600 IN TXT "v=spf1 mx -all"
                out.example.test. 3600 IN TXT "v=spf1 a -all"
                _dmarc.example.test. 3600 IN TXT "v=DMARC1; p=reject; rua=mailto:postmaster@example.test"
                _mta-sts.example.test. 3600 IN TXT "v=STSv1; id=20260301"
                mta-sts.example.test. 3600 IN CNAME mail.example.test.
                _smtp._tls.example.test. 3600 IN TXT "v=TLSRPTv1; rua=mailto:tls@example.test"
                _submissions._tcp.example.test. 3600 IN SRV 0 1 465 mail.example.test.
                _submission._tcp.example.test. 3600 IN SRV 10 1 587 mail.example.test.
                _imaps._tcp.example.test. 3600 IN SRV 0 1 993 mail.example.test.
                _imap._tcp.example.test. 3600 IN SRV 10 1 143 mail.example.test.
                _pop3s._tcp.example.test. 3600 IN SRV 20 1 995 mail.example.test.
                _pop3._tcp.example.test. 3600 IN SRV 30 1 110 mail.example.test.
                autoconfig.example.test. 3600 IN CNAME mail.example.test.
                autodiscover.example.test. 3600 IN CNAME mail.example.test.
                _autodiscover._tcp.example.test. 3600 IN SRV 0 1 443 mail.example.test.
                """, lines(records(), record -> !record.name().contains("_domainkey")));
        assertTrue(lines(records(), record -> record.name().contains("_domainkey")).matches("""
                (?s)rsa20260301._domainkey.example.test. 3600 IN TXT "v=DKIM1; k=rsa; p=[^" ]{237}" "[^" ]+"
                ed20260301._domainkey.example.test. 3600 IN TXT "v=DKIM1; k=ed25519; p=[^" ]{44}"
                """));
        assertEquals(Optional.empty(), zones.of("example.org"));
    }

    /** A server that is given the lines as they stand says what was meant. */
    @Test
    void theLinesAreAZoneFileAndAllIsFound() throws IOException {
        publish(records());
        assertEquals(List.of(), check.check(records()).stream().filter(finding -> finding.state() != State.OK).toList());
    }

    @Test
    void aRecordThatIsMissingIsTold() {
        List<Finding> findings = check.check(records());
        assertEquals(records().size(), findings.size());
        assertTrue(findings.stream().allMatch(finding -> finding.state() == State.MISSING), findings::toString);
    }

    @Test
    void whatStandsThereInsteadIsTold() {
        server.with("example.test", "MX", 60, "5 mx1.example.test.").with("example.test", "MX", 60, "7 old.example.test.")
                .withText("example.test", "some-site-verification=1").withText("example.test", "V=SPF1  MX  -all")
                .withText("_dmarc.example.test", "v=DMARC1; p=none").withText("_smtp._tls.example.test", "v=TLSRPTv1;rua=mailto:tls@example.test;")
                .with("_imaps._tcp.example.test", "SRV", 60, "5 5 993 mail.example.test.").with("_imap._tcp.example.test", "SRV", 60, "0 1 143 x.test.")
                .with("autoconfig.example.test", "CNAME", 60, "www.example.test.").with("autodiscover.example.test", "A", 60, "192.0.2.1")
                .with("mail.example.test", "A", 60, "192.0.2.1").with("www.example.test", "A", 60, "192.0.2.2");
        assertEquals("OK []", state("MX 10 mx1"));
        assertEquals("DIFFERENT [5 mx1.example.test., 7 old.example.test.]", state("MX 20 mx2"));
        assertEquals("UNEXPECTED []", state("MX 7 old"));
        assertEquals("OK []", state("v=spf1 mx"));
        assertEquals("DIFFERENT [v=DMARC1; p=none]", state("v=DMARC1"));
        assertEquals("OK []", state("v=TLSRPTv1"));
        assertEquals("OK []", state("993"));
        assertEquals("DIFFERENT [0 1 143 x.test.]", state("143"));
        assertEquals("DIFFERENT [www.example.test.]", state("autoconfig.example.test. 3600 IN CNAME"));
        assertEquals("OK []", state("autodiscover.example.test. 3600 IN CNAME"), "the same address");
        server.withText("example.test", "v=spf1 +all");
        assertEquals("DIFFERENT [V=SPF1  MX  -all, v=spf1 +all]", state("v=spf1 mx"), "two are as good as none");
    }

    /** Others would go on with the policy that they remember: RFC 8461 §3.3. */
    @Test
    void theIdOfAnOlderPolicyIsDifferent() throws IOException {
        publish(records());
        assertEquals("OK []", state("v=STSv1"));
        Finding found = check.check(zones("20260302").of(DOMAIN).get()).stream().filter(finding -> finding.record().value().startsWith("v=STSv1")).findFirst().orElseThrow();
        assertEquals(State.DIFFERENT, found.state());
        assertEquals(List.of("v=STSv1; id=20260301"), found.found());
    }

    @Test
    void anotherKeyUnderTheSelectorIsDifferent() {
        server.withText("ed20260301._domainkey.example.test", "v=DKIM1; k=ed25519; p=AAAA");
        assertEquals("DIFFERENT [v=DKIM1; k=ed25519; p=AAAA]", state("k=ed25519"));
    }

    @Test
    void aServerThatFailsIsNoAnswer() {
        server.failing("_dmarc.example.test");
        assertTrue(state("v=DMARC1").startsWith("NO_ANSWER"));
    }

    @Test
    void aTextIsFoundOrNot() throws IOException {
        publish(records());
        ZoneRecord key = records().stream().filter(record -> record.value().contains("k=rsa")).findFirst().get();
        assertTrue(check.hasText(key.name(), key.value()));
        assertTrue(!check.hasText(key.name(), key.value().replace("p=", "p=A")));
    }

    private List<ZoneRecord> records() {
        return zones.of(DOMAIN).get();
    }

    private String state(String part) {
        Finding found = check.check(records()).stream().filter(finding -> finding.record().line().contains(part)).findFirst().orElseThrow();
        return found.state() + " " + found.found().stream().sorted().toList();
    }

    private void publish(List<ZoneRecord> records) throws IOException {
        String zone = records.stream().map(ZoneRecord::line).collect(Collectors.joining("\n"));
        try (Master file = new Master(new java.io.ByteArrayInputStream(zone.getBytes()), Name.root)) {
            for (Record record = file.nextRecord(); record != null; record = file.nextRecord()) {
                server.with(record.getName().toString(true), org.xbill.DNS.Type.string(record.getType()), 60, record.rdataToString());
            }
        }
    }

    private static String lines(List<ZoneRecord> records, java.util.function.Predicate<ZoneRecord> which) {
        return records.stream().filter(which).map(record -> record.line() + "\n").collect(Collectors.joining());
    }
}
