package org.postel.trust.dkim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.mail.Domain;
import org.postel.trust.dns.FakeDns;

/** Of what a domain says twice of the same body, one is verified: RFC 6376 §6.1. */
class RepeatedSignatureTest {

    private static final String MESSAGE = "From: a@example.test\nSubject: x\n\nbody\n";
    private static final DkimKeyPair ED25519 = DkimKeyPair.generate(Algorithm.ED25519_SHA256);
    private static final Signed.Held E1 = new Signed.Held("e1", ED25519);
    private static final Signed.Held S1 = Signed.key(Signed.RSA);
    private static final String BOTH = Signed.sign(MESSAGE, E1, S1);

    private final FakeDns dns = new FakeDns().with("s1._domainkey.example.test", "TXT", Signed.record(Signed.RSA))
        .with("e1._domainkey.example.test", "TXT", ED25519.record()).with("o1._domainkey.example.org", "TXT", ED25519.record());

    @Test
    void rsaIsTriedFirstAndIsEnough() {
        assertEquals(List.of("pass s1"), words(BOTH));
        assertEquals(List.of("pass s1"), words(Signed.sign(MESSAGE, S1, E1)));
        assertEquals(2, dns.asked());
    }

    @Test
    void theOtherIsTriedWhenTheFirstIsNotRight() {
        assertEquals(List.of("pass e1", "fail s1"), words(BOTH.replaceFirst("(?s)(s=s1;.*?\n\tb=)..", "$1AA")));
        dns.silent("s1._domainkey.example.test", "TXT");
        assertEquals(List.of("pass e1", "temperror s1"), words(BOTH));
    }

    @Test
    void anotherDomainIsTriedToo() {
        Signed.Held other = new Signed.Held(new DkimKey(new Domain("example.org"), "o1", Algorithm.ED25519_SHA256), ED25519);
        assertEquals(List.of("pass o1", "pass s1"), words(Signed.sign(MESSAGE, other, S1)));
    }

    @Test
    void anotherWordForTheBodyIsTriedToo() {
        String part = Resigned.with(Signed.sign(MESSAGE, S1), "l=6", Signed.RSA.getPrivate());
        String whole = Signed.sign(MESSAGE + "added\n", E1).replace(MESSAGE + "added\n", "");
        assertEquals(List.of("pass e1", "policy s1"), words(whole + part + "added\n"));
        assertEquals(List.of("pass e1", "fail s1"), words(whole + Signed.sign(MESSAGE, S1) + "added\n"));
    }

    @Test
    void theSameHashOfAnotherFormOrLengthIsAnotherWord() {
        String ed25519 = Signed.sign(MESSAGE, E1).replace(MESSAGE, "");
        String simple = Resigned.with(Signed.sign(MESSAGE, S1).replace("c=relaxed/relaxed", "c=relaxed/simple"), "q=dns/txt", Signed.RSA.getPrivate());
        assertEquals(List.of("pass e1", "fail s1"), words((ed25519 + simple).replace("\nbody\n", "\nbody \n")));
        String longer = Resigned.with(Signed.sign(MESSAGE, S1), "l=7", Signed.RSA.getPrivate());
        assertEquals(List.of("pass e1", "fail s1"), words(ed25519 + longer));
    }

    @Test
    void aBodyThatIsChangedFailsTheOneThatWasTried() {
        assertEquals(List.of("fail s1"), words(BOTH + "added\n"));
    }

    private List<String> words(String message) {
        return Signed.verify(message, dns).stream().map(result -> result.verdict() + " " + result.signature().orElseThrow().selector()).toList();
    }
}
