package org.postel.trust.dkim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postel.mail.Domain;
import org.postel.trust.dns.Dns;
import org.postel.trust.message.Field;

/** Signs and verifies whole messages of tests, whose lines end in LF here and in CRLF there. */
final class Signed {

    static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC);
    static final KeyPair RSA = rsa(2048);

    private Signed() {
    }

    static KeyPair rsa(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String record(KeyPair pair) {
        return "v=DKIM1; p=" + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    /** A key pair in the hands of who signs. */
    record Held(DkimKey key, DkimKeyPair pair) {

        Held(String selector, DkimKeyPair pair) {
            this(new DkimKey(new Domain("example.test"), selector, pair.algorithm()), pair);
        }
    }

    static Held key(KeyPair pair) {
        return new Held("s1", DkimKeyPair.of(Algorithm.RSA_SHA256, pair.getPrivate().getEncoded(), pair.getPublic().getEncoded()));
    }

    private static List<byte[]> sign(List<Signatory.Wanted> wanted, Held... keys) {
        Map<DkimKey, DkimKeyPair> pairs = Arrays.stream(keys).collect(Collectors.toMap(Held::key, Held::pair));
        return wanted.stream().map(one -> pairs.get(one.key()).sign(one.hash())).toList();
    }

    /** The message with a signature before it. */
    static String sign(String message, Held... keys) {
        String text = message.replace("\n", "\r\n");
        int body = text.indexOf("\r\n\r\n") + 4;
        DkimSigning signing = new DkimSigner(Arrays.stream(keys).map(Held::key).toList(), wanted -> sign(wanted, keys), CLOCK).open(fields(text.substring(0, body - 2)));
        byte[] octets = text.substring(body).getBytes(StandardCharsets.ISO_8859_1);
        signing.body(octets, 0, octets.length);
        try {
            return signing.fields().replace("\r\n", "\n") + message;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<DkimResult> verifyEach(String message, Dns dns) {
        return EachSignature.of(message.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1), dns, CLOCK);
    }

    static List<DkimResult> verify(String message, Dns dns) {
        String text = message.replace("\n", "\r\n");
        int body = text.indexOf("\r\n\r\n") + 4;
        DkimVerification verification = new DkimVerifier(CLOCK).open(fields(text.substring(0, body - 2)), dns);
        byte[] octets = text.substring(body).getBytes(StandardCharsets.ISO_8859_1);
        verification.body(octets, 0, octets.length);
        return verification.results();
    }

    private static List<Field> fields(String header) {
        return Field.list(header.getBytes(StandardCharsets.ISO_8859_1));
    }
}
