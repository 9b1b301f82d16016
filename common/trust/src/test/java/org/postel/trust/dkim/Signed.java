package org.postel.trust.dkim;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
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

    static DkimKey key(KeyPair pair) {
        return new DkimKey(new Domain("example.test"), "s1", Algorithm.RSA_SHA256, pair.getPrivate());
    }

    /** The message with a signature before it. */
    static String sign(String message, DkimKey... keys) {
        String text = message.replace("\n", "\r\n");
        int body = text.indexOf("\r\n\r\n") + 4;
        DkimSigning signing = new DkimSigner(List.of(keys), CLOCK).open(fields(text.substring(0, body - 2)));
        byte[] octets = text.substring(body).getBytes(StandardCharsets.ISO_8859_1);
        signing.body(octets, 0, octets.length);
        return signing.fields().replace("\r\n", "\n") + message;
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
