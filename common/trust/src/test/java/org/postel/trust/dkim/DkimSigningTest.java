package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postel.trust.dns.FakeDns;

class DkimSigningTest {

    private static final String MESSAGE = "From: a@example.test\nSubject: x\nReferences: <1@x>\nReferences: <2@x>\n\nbody \n\n";
    // The key pair of RFC 8463 §A.2.
    private static final byte[] SEED = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    private static final String PUBLIC = "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=";
    private static final Signed.Held ED25519 = new Signed.Held("e1", DkimKeyPair.of(Algorithm.ED25519_SHA256,
        joined("302e020100300506032b657004220420", SEED), joined("302a300506032b6570032100", Base64.getDecoder().decode(PUBLIC))));
    private static final Signed.Held RSA = Signed.key(Signed.RSA);

    private final FakeDns dns = new FakeDns().with("s1._domainkey.example.test", "TXT", Signed.record(Signed.RSA))
        .with("e1._domainkey.example.test", "TXT", "v=DKIM1; k=ed25519; p=" + PUBLIC);

    private static byte[] joined(String head, byte[] tail) {
        byte[] first = HexFormat.of().parseHex(head);
        byte[] all = Arrays.copyOf(first, first.length + tail.length);
        System.arraycopy(tail, 0, all, first.length, tail.length);
        return all;
    }

    @Test
    void eachKeySignsAndVerifies() {
        List<DkimResult> results = Signed.verifyEach(Signed.sign(MESSAGE, ED25519, RSA), dns);
        assertEquals(List.of(Verdict.PASS, Verdict.PASS), results.stream().map(DkimResult::verdict).toList());
        assertEquals(List.of("e1", "s1"), results.stream().map(result -> result.signature().get().selector()).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="})
    void anEd25519SignatureOfAnotherKindFails(String value) {
        DkimResult result = Signed.verify(Signed.sign(MESSAGE, ED25519).replaceFirst("(?s)\tb=.*?(?=\nFrom)", "\tb=" + value), dns).getFirst();
        assertEquals(Verdict.FAIL, result.verdict());
        assertEquals("the signature does not match", result.reason());
    }

    @Test
    void eachSignatureFailsByItsOwnHeader() {
        String signed = Signed.sign(MESSAGE, ED25519, RSA).replace("Subject: ", "Subject: not ");
        assertEquals(List.of("the signature does not match", "the signature does not match"),
            Signed.verify(signed, dns).stream().map(DkimResult::reason).toList());
    }

    // SAFETY row 27
    @Test
    void anAddedFromBreaksItAndTheWholeBodyIsSigned() {
        String signed = Signed.sign(MESSAGE, RSA);
        assertEquals(Verdict.FAIL, Signed.verify(signed.replace("From: a", "From: eve@example.org\nFrom: a"), dns).getFirst().verdict());
        assertEquals(Verdict.FAIL, Signed.verify(signed.replace("Subject", "To: eve@example.org\nSubject"), dns).getFirst().verdict());
        assertEquals(Verdict.FAIL, Signed.verify(signed + "more\n", dns).getFirst().verdict());
        assertFalse(signed.contains("l="));
    }

    @Test
    void theFieldIsFoldedAndOursAlone() {
        String field = Signed.sign(MESSAGE, RSA).replace(MESSAGE, "");
        assertTrue(Arrays.stream(field.split("\n")).allMatch(line -> line.length() <= 78), field);
        assertTrue(field.replaceAll("\\s", "").contains("h=from:from:reply-to:to:cc:subject:subject:date:references:references;"), field);
    }

    @ParameterizedTest
    @EnumSource(Algorithm.class)
    void aNewKeySignsAndItsRecordVerifiesAlsoAfterItWasKept(Algorithm algorithm) throws Exception {
        DkimKeyPair made = DkimKeyPair.generate(algorithm);
        DkimKeyPair kept = DkimKeyPair.of(algorithm, made.privateKey(), made.publicKey());
        assertEquals(made.record(), kept.record());
        FakeDns published = new FakeDns().with("n1._domainkey.example.test", "TXT", kept.record());
        DkimResult result = Signed.verify(Signed.sign(MESSAGE, new Signed.Held("n1", kept)), published).getFirst();
        assertEquals(Verdict.PASS, result.verdict(), result.reason());
        if (KeyRecord.parse(kept.record(), algorithm).key() instanceof VerifyingKey.Rsa(RSAPublicKey rsa)) {
            assertEquals(2048, rsa.getModulus().bitLength());
        }
    }

    @Test
    void theKeyIsNotShown() {
        assertEquals("a key for rsa-sha256", RSA.pair().toString());
    }
}
