package org.postel.trust.dmarc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.dns.KnownTexts;
import org.postel.trust.message.Field;

class DmarcTest {

    private static final Voucher NOBODY = new Voucher(Optional.empty(), List.of());

    private final FakeDns dns = new FakeDns();

    @Test
    void whoeverSignedOrSentForTheAuthorVouches() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject");
        assertEquals("pass reject none", check("example.test", "", "example.test"));
        assertEquals("pass reject none", check("example.test", "example.test", ""));
        assertEquals("fail reject reject", check("example.test", "", ""));
        assertEquals("fail reject reject", check("example.test", "other.test", "other.test"));
    }

    // RFC 9989 §4.4: relaxed unless the record says strict, for each by itself.
    @Test
    void aNameOfTheSameOrganizationVouchesUnlessStrict() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject")
            .with("_dmarc.strict.test", "TXT", "v=DMARC1; p=reject; adkim=s; aspf=s");
        assertEquals("pass reject none", check("example.test", "", "mail.example.test"));
        assertEquals("pass reject none", check("example.test", "bounce.example.test", ""));
        assertEquals("pass reject none", check("a.example.test", "", "b.example.test"));
        assertEquals("fail reject reject", check("strict.test", "", "mail.strict.test"));
        assertEquals("fail reject reject", check("strict.test", "bounce.strict.test", ""));
        assertEquals("pass reject none", check("strict.test", "", "strict.test"));
    }

    @Test
    void aPolicyThatChangesIsTheNewOneAtOnce() {
        Dmarc dmarc = new Dmarc();
        List<Field> from = fields("From: a@example.test\r\n");
        assertEquals(Policy.NONE, dmarc.check(from, NOBODY, NOBODY, new FakeDns().with("_dmarc.example.test", "TXT", "v=DMARC1; p=none")).disposition());
        assertEquals(Policy.REJECT, dmarc.check(from, NOBODY, NOBODY, new FakeDns().with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject")).disposition());
    }

    @Test
    void withoutARecordThereIsNoResult() {
        assertEquals("none none none", check("a.example.test", "a.example.test", "a.example.test"));
    }

    // RFC 9989 §4.7 and §4.10.1
    @Test
    void subdomainsHaveThePolicyThatIsMeantForThem() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=none; sp=quarantine; np=reject")
            .with("there.example.test", "AAAA", "2001:db8::1").with("mail.example.test", "MX", "mx.test");
        assertEquals("fail none none", check("example.test", "", ""));
        assertEquals("fail quarantine quarantine", check("there.example.test", "", ""));
        assertEquals("fail quarantine quarantine", check("mail.example.test", "", ""));
        assertEquals("fail reject reject", check("nowhere.example.test", "", ""));
    }

    @Test
    void aTestIsNotApplied() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject; t=y");
        assertEquals("fail reject none", check("example.test", "", ""));
    }

    // RFC 9989 §4.10.2: what is below a public suffix is an organization.
    @Test
    void theWalkEndsWhereARecordSaysSo() {
        dns.with("_dmarc.test", "TXT", "v=DMARC1; p=reject; psd=y")
            .with("_dmarc.own.example.test", "TXT", "v=DMARC1; p=quarantine; psd=n").with("_dmarc.example.test", "TXT", "v=DMARC1; p=none");
        assertEquals("fail reject reject", check("a.one.test", "", "two.test"));
        assertEquals("pass reject none", check("a.one.test", "", "b.one.test"));
        assertEquals("fail quarantine quarantine", check("x.own.example.test", "", "y.example.test"));
        assertEquals("pass quarantine none", check("x.own.example.test", "", "own.example.test"));
    }

    @Test
    void theHighestRecordIsTheOrganization() throws Exception {
        dns.with("_dmarc.mail.example.test", "TXT", "v=DMARC1; p=none").with("_dmarc.example.test", "TXT", "v=DMARC1; p=none");
        assertEquals("example.test", new TreeWalk(new KnownTexts<>(1024), dns).organization("a.mail.example.test"));
        assertEquals("no.record", new TreeWalk(new KnownTexts<>(1024), dns).organization("no.record"));
        dns.with("_dmarc.suffix", "TXT", "v=DMARC1; p=none; psd=y");
        assertEquals("suffix", new TreeWalk(new KnownTexts<>(1024), dns).organization("suffix"));
    }

    // RFC 9989 §4.10: eight queries, whatever the name; SAFETY row 30.
    @Test
    void aLongNameCostsEightQuestions() throws Exception {
        dns.with("_dmarc.test", "TXT", "v=DMARC1; p=none").with("_dmarc.h.i.j.k.l.mail.test", "TXT", "v=DMARC1; p=none; psd=n");
        TreeWalk walk = new TreeWalk(new KnownTexts<>(1024), dns);
        assertEquals("h.i.j.k.l.mail.test", walk.organization("a.b.c.d.e.f.g.h.i.j.k.l.mail.test"));
        assertEquals(2, dns.asked());
        walk.from("a.b.c.d.e.f.g.h.x.j.k.l.mail.test");
        assertEquals(10, dns.asked());
        walk.from("a.b.c.d.e.f.g.h.x.j.k.l.mail.test");
        assertEquals(10, dns.asked());
    }

    // SAFETY row 28
    @ParameterizedTest
    @ValueSource(strings = {"", "Subject: x\r\n", "From: a@example.test\r\nFrom: b@other.test\r\n", "From: a@example.test\r\nfrom : a@example.test\r\n",
        "From: a@example.test, b@other.test\r\n", "From: nobody\r\n", "From:\r\n", "From: <>\r\n", "From: <a@[192.0.2.1]>\r\n", "From: Team:;\r\n",
        "From: a@example.test, b\r\n"})
    void withoutJustOneAuthorItFails(String header) {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=none");
        DmarcResult result = new Dmarc().check(fields(header), new Voucher(Optional.of("example.test"), List.of("example.test", "other.test")), NOBODY, dns);
        assertEquals(new DmarcResult(DmarcVerdict.FAIL, Optional.empty(), Policy.REJECT, Policy.REJECT), result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"From: a@Example.TEST\r\n", "From: \"x@other.test\" <a@example.test>\r\n", "From: a@example.test, b@example.test\r\n",
        "From: a (b@other.test)\r\n <a@example.test>\r\n"})
    void oneAuthorDomainIsFound(String header) {
        assertEquals(Optional.of("example.test"), Author.domain(fields(header)));
    }

    @Test
    void anAuthorInUnicodeIsLookedUpInAscii() {
        String header = new String("From: a@b\u00fccher.test\r\n".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(Optional.of("xn--bcher-kva.test"), Author.domain(fields(header)));
    }

    @Test
    void silenceIsTemporary() {
        dns.silent("_dmarc.example.test", "TXT");
        assertEquals("temperror none none", check("a.example.test", "", ""));
    }

    /** A key that cannot be had now may still prove the mail right: it is not refused for good. */
    @Test
    void whatMayStillPassIsTemporary() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject");
        assertEquals("temperror", open("example.test", "", "mail.example.test"));
        assertEquals("temperror", open("example.test", "example.test", ""));
        assertEquals("fail", open("example.test", "other.test", "other.test"));
    }

    private String open(String author, String sent, String signed) {
        return new Dmarc().check(fields("From: a@" + author + "\r\n"), NOBODY, voucher(sent, signed), dns).verdict().toString();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"v=DMARC1;p=reject|reject", "v=DMARC1|none", "V=DMARC1; p=reject|", "v=dmarc1; p=reject|", "p=reject; v=DMARC1|",
        "v=DMARC1; p=x|", "v=DMARC1; p=x; rua=mailto:r@example.test|none", "v=DMARC1; p=reject; sp=x|", "v=DMARC1; p=reject; sp=x; rua=mailto:r@e.test|none",
        "v=DMARC1; p=Reject; unknown=1; pct=5|reject", "v=DMARC1; p=reject;; rua=mailto:r@e.test; ;|reject", "v=DMARC1; quarantine; p=reject|reject", "v=spf1|", "v=DMARC1; p=reject; p=none|"})
    void aRecordIsReadLikeThat(String text, String policy) {
        assertEquals(Optional.ofNullable(policy), DmarcRecord.parse(text).map(record -> record.policy().toString()));
    }

    @Test
    void severalRecordsAreNone() {
        dns.with("_dmarc.example.test", "TXT", "v=DMARC1; p=reject").with("_dmarc.example.test", "TXT", "v=DMARC1; p=none");
        assertEquals("none none none", check("example.test", "", ""));
    }

    private String check(String author, String sent, String signed) {
        DmarcResult result = new Dmarc().check(fields("From: a@" + author + "\r\n"), voucher(sent, signed), NOBODY, dns);
        assertEquals(Optional.of(author), result.author());
        return result.verdict() + " " + result.policy() + " " + result.disposition();
    }

    private static Voucher voucher(String sent, String signed) {
        return new Voucher(Optional.of(sent).filter(domain -> !domain.isEmpty()), signed.isEmpty() ? List.of() : List.of(signed));
    }

    private static List<Field> fields(String header) {
        return Field.list(header.getBytes(StandardCharsets.ISO_8859_1));
    }
}
