package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.mail.Domain;
import org.postel.trust.dns.FakeDns;

class DkimSigningTest {

    private static final String MESSAGE = "From: a@example.test\nSubject: x\nReferences: <1@x>\nReferences: <2@x>\n\nbody \n\n";
    // The key pair of RFC 8463 §A.2.
    private static final byte[] SEED = Base64.getDecoder().decode("nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=");
    private static final DkimKey ED25519 = DkimKey.ofPem(new Domain("example.test"), "e1", pem(joined(HexFormat.of().parseHex("302e020100300506032b657004220420"), SEED)));
    private static final DkimKey RSA = DkimKey.ofPem(new Domain("example.test"), "s1", pem(Signed.RSA.getPrivate().getEncoded()));

    private final FakeDns dns = new FakeDns().with("s1._domainkey.example.test", "TXT", Signed.record(Signed.RSA))
        .with("e1._domainkey.example.test", "TXT", "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private static String pem(byte[] key) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n";
    }

    @Test
    void eachKeySignsAndVerifies() {
        List<DkimResult> results = Signed.verify(Signed.sign(MESSAGE, ED25519, RSA), dns);
        assertEquals(List.of(Verdict.PASS, Verdict.PASS), results.stream().map(DkimResult::verdict).toList());
        assertEquals(List.of("e1", "s1"), results.stream().map(result -> result.signature().get().selector()).toList());
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

    @Test
    void theKeyIsNotShown() {
        assertEquals("s1._domainkey.example.test rsa-sha256", RSA.toString());
        assertArrayEquals(Signed.RSA.getPrivate().getEncoded(), RSA.key().getEncoded());
    }
}
