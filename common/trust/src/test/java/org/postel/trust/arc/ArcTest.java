package org.postel.trust.arc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.mail.Domain;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimKeyPair;
import org.postel.trust.dns.FakeDns;
import org.postel.trust.message.Field;

/** Chains that dkimpy made (make-chains.py in the test's resources), chains of ours, and what can be wrong with either. */
class ArcTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final String RESULTS = "Authentication-Results: mx.example.test;\r\n\tspf=pass smtp.mailfrom=author.test\r\n";
    private static final DkimKey KEY = new DkimKey(new Domain("example.test"), "s1", Algorithm.RSA_SHA256);
    private static final DkimKeyPair PAIR = DkimKeyPair.generate(Algorithm.RSA_SHA256);

    private final FakeDns dns = new FakeDns().with("s1._domainkey.example.test", "TXT", PAIR.record());

    ArcTest() throws IOException {
        for (String domain : List.of("one.test", "two.test", "three.test")) {
            dns.with("s1._domainkey." + domain, "TXT", read("key.txt").strip());
        }
    }

    @ParameterizedTest
    @CsvSource({"one-link,1", "two-links,2", "three-links,3"})
    void chainsOfAnotherImplementationAreWhole(String name, int links) throws IOException {
        assertEquals(new ArcResult(ArcVerdict.PASS, "", links), verify(message(name)));
        assertEquals(links + 1, dns.asked(), "one key for each seal, one for the message");
    }

    @Test
    void withoutAChainThereIsNone() {
        assertEquals(new ArcResult(ArcVerdict.NONE, "", 0), verify("From: a@author.test\r\n\r\nx\r\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "From: Alice|From: Mallory|message: the signature does not match", "to leave|to join|message: the body does not match",
        "i=1; one.test; spf=pass|i=1; one.test; spf=fail|seal 2: the signature does not match",
        "i=2; two.test; spf=pass|i=2; two.test; spf=fail|seal 2: the signature does not match",
        "cv=none|cv=pass|cv= is wrong in link 1", "i=2; cv=pass|i=2; cv=fail|cv=fail in link 2", "i=2; cv=pass|i=2; cv=none|cv= is wrong in link 2",
        "ARC-Seal: i=1;|ARC-Seal: i=3;|a field is missing", "ARC-Seal: i=1;|ARC-Seal: i=2;|a field twice", "ARC-Seal: i=1;|X-Seal: i=1;|a field is missing",
        "ARC-Seal: i=2;|ARC-Seal: i=0;|i= is no number from 1 to 50", "ARC-Authentication-Results: i=2;|ARC-Authentication-Results: i=x;|i= is no number from 1 to 50",
        "ARC-Seal: i=2;|ARC-Seal: i=51;|i= is no number from 1 to 50", "ARC-Seal: i=2;|ARC-Seal: i=2; h=from;|a seal has h=",
        "ARC-Seal: i=2;|ARC-Seal: i=2; i=2;|no list of tags", "ARC-Message-Signature: i=2;|ARC-Message-Signature: i=2; v=1;|message: v= is not for ARC",
        "from : to : subject|arc-seal : from : to : subject|message: the seal is signed", "ARC-Message-Signature: i=2; a=rsa-sha256|ARC-Message-Signature: i=2; a=rsa-sha1|message: SHA-1",
        "a=rsa-sha256; d=one.test|a=rsa-sha256; d=four.test|seal 2: the signature does not match"})
    void whatIsChangedBreaksIt(String from, String to, String reason) throws IOException {
        String message = message("two-links");
        assertTrue(message.contains(from), from);
        ArcResult result = verify(message.replaceFirst(java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
        assertEquals(ArcVerdict.FAIL + " " + reason, result.verdict() + " " + result.reason());
    }

    @Test
    void aKeyThatIsGoneOrSilentBreaksIt() throws IOException {
        dns.silent("s1._domainkey.one.test", "TXT");
        assertEquals("seal 1: no key for now", verify(message("two-links")).reason());
        assertEquals("message: there is no key", new ArcVerifier(Clock.systemUTC()).open(fields(message("two-links")), new FakeDns()).result().reason());
    }

    @ParameterizedTest
    @ValueSource(strings = {"one-link", "two-links", "three-links"})
    void aChainGoesOn(String name) throws IOException {
        String longer = seal(message(name), ArcVerdict.PASS).orElseThrow() + message(name);
        assertEquals(ArcVerdict.PASS, verify(longer).verdict(), verify(longer).reason());
        assertTrue(longer.startsWith("ARC-Seal: i=" + verify(longer).instances() + "; a=rsa-sha256; cv=pass;"), longer);
        assertEquals(ArcVerdict.FAIL, verify(longer.replace("spf=pass smtp.mailfrom=author.test\r\nARC", "spf=none\r\nARC")).verdict());
        assertEquals(ArcVerdict.FAIL, verify(longer + "more\r\n").verdict());
    }

    @Test
    void aChainBegins() throws IOException {
        String message = "DKIM-Signature: v=1; d=author.test\r\nFrom: a@author.test\r\nSubject: x\r\n\r\nbody\r\n";
        String sealed = seal(message, ArcVerdict.NONE).orElseThrow() + message;
        assertEquals(new ArcResult(ArcVerdict.PASS, "", 1), verify(sealed));
        assertTrue(sealed.contains("ARC-Authentication-Results: i=1; mx.example.test;\r\n\tspf=pass"), sealed);
        assertEquals(ArcVerdict.FAIL, verify(sealed.replace("v=1; d=author", "v=1; d=other")).verdict(), "the author's signature is signed");
        assertEquals(ArcVerdict.FAIL, verify("From: eve@author.test\r\n" + sealed).verdict(), "SAFETY row 27");
    }

    @Test
    void aChainThatFailedOrIsAnotherDoesNotGoOn() throws IOException {
        assertEquals(Optional.empty(), seal(message("two-links"), ArcVerdict.FAIL));
        assertEquals(Optional.empty(), seal(message("two-links"), ArcVerdict.NONE));
        assertEquals(Optional.empty(), seal("From: a@author.test\r\n\r\n", ArcVerdict.PASS));
        assertEquals(Optional.empty(), seal("ARC-Seal: i=1; cv=none\r\nFrom: a@author.test\r\n\r\n", ArcVerdict.PASS));
    }

    @Test
    void aChainOfFiftyIsFull() throws IOException {
        String message = "From: a@author.test\r\n\r\nx\r\n";
        for (int i = 0; i < 50; i++) {
            message = seal(message, i == 0 ? ArcVerdict.NONE : ArcVerdict.PASS).orElseThrow() + message;
        }
        assertEquals(new ArcResult(ArcVerdict.PASS, "", 50), verify(message));
        assertEquals(Optional.empty(), seal(message, ArcVerdict.PASS));
    }

    private Optional<String> seal(String message, ArcVerdict verdict) throws IOException {
        Optional<ArcSealing> sealing = ArcSealing.open(fields(message), verdict, RESULTS, KEY,
            wanted -> wanted.stream().map(one -> PAIR.sign(one.hash())).toList(), NOW);
        if (sealing.isEmpty()) {
            return Optional.empty();
        }
        byte[] body = body(message);
        sealing.get().body(body, 0, body.length);
        return Optional.of(sealing.get().fields());
    }

    private ArcResult verify(String message) {
        ArcVerification open = new ArcVerifier(Clock.fixed(NOW, ZoneOffset.UTC)).open(fields(message), dns);
        byte[] body = body(message);
        open.body(body, 0, body.length);
        return open.result();
    }

    private static List<Field> fields(String message) {
        return Field.list(message.substring(0, message.indexOf("\r\n\r\n") + 2).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String message(String name) throws IOException {
        return read(name + ".eml").replace("\n", "\r\n");
    }

    private static String read(String name) throws IOException {
        try (InputStream file = ArcTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
