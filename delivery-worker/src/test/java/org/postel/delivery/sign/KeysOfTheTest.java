package org.postel.delivery.sign;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postel.mail.Domain;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimKeyPair;
import org.postel.trust.dns.FakeDns;

/** Both kinds of keys for example.test, and the DNS that has their records. */
final class KeysOfTheTest implements SigningKeys {

    private static final Map<String, DkimKeyPair> PAIRS = Map.of("r1", DkimKeyPair.generate(Algorithm.RSA_SHA256),
            "e1", DkimKeyPair.generate(Algorithm.ED25519_SHA256));

    final FakeDns dns = new FakeDns();
    final List<String> asked = new ArrayList<>();
    boolean away;

    KeysOfTheTest() {
        PAIRS.forEach((selector, pair) -> dns.with(selector + "._domainkey.example.test", "TXT", pair.record()));
    }

    @Override
    public List<DkimKey> of(String domain) throws IOException {
        asked.add(domain);
        if (!domain.equals("example.test") && !domain.endsWith(".example.test")) {
            return List.of();
        }
        return List.of("r1", "e1").stream().map(selector -> new DkimKey(new Domain("example.test"), selector, PAIRS.get(selector).algorithm())).toList();
    }

    @Override
    public List<byte[]> sign(List<Wanted> wanted) throws IOException {
        if (away) {
            throw new IOException("away");
        }
        return wanted.stream().map(one -> PAIRS.get(one.key().selector()).sign(one.hash())).toList();
    }
}
