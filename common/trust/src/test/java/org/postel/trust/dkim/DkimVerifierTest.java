package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.message.Field;

class DkimVerifierTest {

    private static final String KEY = "s1._domainkey.example.test";
    private static final String MESSAGE = "From: a@example.test\nSubject: x\n\nbody\n";
    private static final String SIGNED = Signed.sign(MESSAGE, Signed.key(Signed.RSA));

    private final FakeDns dns = new FakeDns().with(KEY, "TXT", Signed.record(Signed.RSA));

    @Test
    void whatTheSignatureSaysIsInTheResult() {
        DkimResult result = Signed.verify(SIGNED, dns).getFirst();
        assertEquals(Verdict.PASS, result.verdict());
        assertEquals("example.test", result.signature().get().domain());
        assertEquals("s1", result.signature().get().selector());
        assertEquals(8, result.signature().get().shortValue().length());
    }

    @Test
    void noSignatureIsNoResult() {
        assertEquals(List.of(), Signed.verify(MESSAGE, dns));
    }

    // RFC 8301 §3.1 and §3.2, SAFETY row 27
    @Test
    void weakKeysAndHashesFail() {
        var weak = Signed.rsa(1016);
        String signed = Signed.sign(MESSAGE, Signed.key(weak));
        assertResult(Verdict.FAIL, "the key is shorter than 1024 bits", signed, new FakeDns().with(KEY, "TXT", Signed.record(weak)));
        assertResult(Verdict.FAIL, "SHA-1", SIGNED.replace("a=rsa-sha256", "a=rsa-sha1"), dns);
    }

    // RFC 6376 §8.2, SAFETY row 27. The signature is made anew over its own l=.
    @Test
    void aLengthShortOfTheBodyIsNoPass() {
        assertResult(Verdict.POLICY, "l= does not cover the body", withLength(6) + "added\n", dns);
        assertResult(Verdict.PASS, "", withLength(6), dns);
        assertResult(Verdict.FAIL, "the body is shorter than l=", withLength(7), dns);
        assertResult(Verdict.FAIL, "the body does not match", withLength(3), dns);
    }

    private static String withLength(long length) {
        return Resigned.with(SIGNED, "l=" + length, Signed.RSA.getPrivate());
    }

    @Test
    void anExpiredSignatureFails() {
        assertResult(Verdict.FAIL, "expired", Resigned.with(SIGNED.replace("t=1800000000", "t=1"), "x=1799999999", Signed.RSA.getPrivate()), dns);
        assertResult(Verdict.PASS, "", Resigned.with(SIGNED, "x=1800000001", Signed.RSA.getPrivate()), dns);
    }

    // SAFETY rows 27 and 30
    @Test
    void onlyTheFirstSignaturesCost() {
        String many = "DKIM-Signature: v=1; a=rsa-sha256; d=example.test; s=s2; h=from; bh=AAAA; b=AAAA\n".repeat(100) + SIGNED;
        assertEquals(DkimVerifier.MOST_SIGNATURES, Signed.verify(many, dns).size());
        assertEquals(DkimVerifier.MOST_SIGNATURES, dns.asked());
    }

    @Test
    void silenceIsTemporary() {
        assertResult(Verdict.TEMPERROR, "no key for now", SIGNED, new FakeDns().silent(KEY, "TXT"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "v=1|v=2|unknown version", "d=example.test|d=-x-|d= is no domain", "s=s1|s=..|s= is no selector", "s=s1;|;|no list of tags",
        "s=s1;|s=;|s= is missing", "h=from|h=to|From is not signed", "c=relaxed/relaxed|c=loose|unknown canonicalization",
        "v=1;|v=1; i=@other.test;|i= is not within d=", "v=1;|v=1; q=http;|unknown query method", "v=1;|v=1; l=-1;|l= is no number",
        "v=1;|v=1; x=5;|x= is not after t=", "v=1;|v=1; v=1;|no list of tags", "bh=|bh=!|no base 64", "a=rsa-sha256|a=x|unknown algorithm"})
    void whatCannotBeReadIsAPermanentError(String from, String to, String reason) {
        String broken = from.equals("h=from") ? SIGNED.replaceAll("(?s)h=from.*?;", "h=to;") : SIGNED.replace(from, to);
        assertResult(Verdict.PERMERROR, reason, broken, dns);
        assertEquals(0, dns.asked());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "v=DKIM1|v=DKIM2|the key has an unknown version", "v=DKIM1|k=ed25519|the key is of another type", "v=DKIM1|h=sha1|the key is not for SHA-256",
        "v=DKIM1|s=tlsrpt|the key is not for mail", "v=DKIM1; p=|v=DKIM1; p= ; n=|the key is revoked", "v=DKIM1; p=|v=DKIM1; n=|the key is missing",
        "p=|p=AA|the key cannot be read", "v=DKIM1|=|the key is no list of tags"})
    void aKeyThatDoesNotFitIsAPermanentError(String from, String to, String reason) {
        assertResult(Verdict.PERMERROR, reason, SIGNED, new FakeDns().with(KEY, "TXT", Signed.record(Signed.RSA).replace(from, to)));
    }

    @Test
    void withoutAKeyItIsAPermanentError() {
        assertResult(Verdict.PERMERROR, "there is no key", SIGNED, new FakeDns());
    }

    @Test
    void aStrictKeyIsForTheDomainItself() {
        FakeDns strict = new FakeDns().with(KEY, "TXT", Signed.record(Signed.RSA) + "; t=y:s; h=sha1:sha256; s=*");
        assertResult(Verdict.PASS, "", SIGNED, strict);
        String within = Resigned.with(SIGNED, "i=a@sub.example.test", Signed.RSA.getPrivate());
        assertResult(Verdict.PERMERROR, "the key is for the domain itself only", within, strict);
        assertResult(Verdict.PASS, "", within, dns);
    }

    private static void assertResult(Verdict verdict, String reason, String message, FakeDns dns) {
        DkimResult result = Signed.verify(message, dns).getFirst();
        assertEquals(verdict + " " + reason, result.verdict() + " " + result.reason());
    }

    @Test
    void aKeyTooLongIsNotTried() throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(8192).setBit(0);
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.valueOf(65_537)));
        assertResult(Verdict.PERMERROR, "the key is longer than 8192 bits", SIGNED,
            new FakeDns().with(KEY, "TXT", "p=" + Base64.getEncoder().encodeToString(key.getEncoded())));
    }

    /** Each signature by such a key takes tens of milliseconds. */
    @Test
    void aKeyWithALargeExponentIsNotTried() throws GeneralSecurityException {
        BigInteger modulus = BigInteger.ONE.shiftLeft(2047).setBit(0);
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, BigInteger.ONE.shiftLeft(64).setBit(0)));
        assertResult(Verdict.PERMERROR, "the exponent of the key is too large", SIGNED,
            new FakeDns().with(KEY, "TXT", "p=" + Base64.getEncoder().encodeToString(key.getEncoded())));
    }

    @Test
    void anEd25519KeyHas32Octets() {
        assertResult(Verdict.PERMERROR, "the key has not 32 octets", SIGNED.replace("a=rsa-sha256", "a=ed25519-sha256"),
            new FakeDns().with(KEY, "TXT", "k=ed25519; p=" + Base64.getEncoder().encodeToString(new byte[33])));
    }

    @Test
    void anEd25519KeyIsAPointOfTheCurve() {
        byte[] none = new byte[32];
        none[0] = 2;
        assertResult(Verdict.PERMERROR, "the key is no point of the curve", SIGNED.replace("a=rsa-sha256", "a=ed25519-sha256"),
            new FakeDns().with(KEY, "TXT", "k=ed25519; p=" + Base64.getEncoder().encodeToString(none)));
    }

    // RFC 6376 §3.7 and §5.4.2
    @Test
    void fieldsAreTakenFromTheBottomAndTheSignatureLast() {
        List<Field> header = Field.list("DKIM-Signature: b=1; x\r\nDKIM-Signature: b=2\r\nFrom: 1\r\nFrom: 2\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] signed = new SignedHeader(header).octets(header.getFirst(), List.of("dkim-signature", "dkim-signature", "from", "to"), Canonicalization.SIMPLE);
        assertEquals("DKIM-Signature: b=2\r\nFrom: 2\r\nDKIM-Signature: b=; x", new String(signed, StandardCharsets.US_ASCII));
    }
}
