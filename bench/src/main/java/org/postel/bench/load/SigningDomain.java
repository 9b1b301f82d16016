package org.postel.bench.load;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.postel.mail.Domain;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKey;
import org.postel.trust.dkim.DkimKeyPair;
import org.postel.trust.dkim.DkimSigner;
import org.postel.trust.dkim.DkimSigning;
import org.postel.trust.dkim.Signatory;
import org.postel.trust.message.Field;

/**
 * The domain that the mail of the load comes from: it vouches for this machine (RFC 7208), signs each mail twice (RFC 6376 with
 * RSA of 2048 bits, RFC 8463 with Ed25519) and wants everything else rejected (RFC 9989). Safe for use by several threads.
 */
public final class SigningDomain {

    /** Of the reverse-path, the author and the client. */
    public static final String NAME = "load.example.test";

    private final Map<DkimKey, DkimKeyPair> keys = new TreeMap<>((one, other) -> one.selector().compareTo(other.selector()));
    private final DkimSigner signer;

    /** With new keys, which takes up to a second. */
    public SigningDomain() {
        for (Algorithm algorithm : Algorithm.values()) {
            keys.put(new DkimKey(new Domain(NAME), algorithm.tag(), algorithm), DkimKeyPair.generate(algorithm));
        }
        signer = new DkimSigner(List.copyOf(keys.keySet()), this::sign, Clock.systemUTC());
    }

    private List<byte[]> sign(List<Signatory.Wanted> wanted) {
        return wanted.stream().map(one -> keys.get(one.key()).sign(one.hash())).toList();
    }

    /** The TXT records that it publishes, by name. */
    public Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put(NAME, "v=spf1 ip4:127.0.0.0/8 -all");
        texts.put("_dmarc." + NAME, "v=DMARC1; p=reject; aspf=s; adkim=s");
        keys.forEach((key, pair) -> texts.put(key.selector() + "._domainkey." + NAME, pair.record()));
        return texts;
    }

    /**
     * The fields to be put on top of a letter that has no final dot yet.
     *
     * @throws IOException never for a letter with a header and a body
     */
    public byte[] signatures(Letter letter) throws IOException {
        int body = letter.body();
        // The empty line belongs to neither.
        DkimSigning signing = signer.open(Field.list(Arrays.copyOf(letter.octets(), body - 2)));
        signing.body(letter.octets(), body, letter.length() - body);
        return signing.fields().getBytes(StandardCharsets.US_ASCII);
    }
}
