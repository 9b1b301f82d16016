package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.postel.trust.message.TagList;

/**
 * A public key as a domain publishes it: RFC 6376 §3.6.1.
 *
 * @param key    p=
 * @param strict the flag s of t=: i= must be of the very domain, not of one within it
 */
record KeyRecord(VerifyingKey key, boolean strict) {

    // RFC 8301 §3.2
    private static final int LEAST_RSA_BITS = 1024;
    // Twice what anybody publishes; the cost of verifying grows with the square.
    private static final int MOST_RSA_BITS = 8192;
    /** Real keys have 65537 or 3; the larger it is, the more a stranger's signature costs us. */
    private static final int MOST_EXPONENT_BITS = 64;

    /** The key, if it is one for mail and this algorithm: RFC 6376 §6.1.2. */
    static KeyRecord parse(String text, Algorithm algorithm) throws DkimFaultException {
        TagList tags = TagList.parse(text).orElseThrow(() -> fault("the key is no list of tags"));
        if (tags.get("v").isPresent() && !(tags.first().get().equals("v") && tags.get("v").get().equals("DKIM1"))) {
            throw fault("the key has an unknown version");
        }
        if (!tags.compact("k").orElse("rsa").equals(algorithm.keyType())) {
            throw fault("the key is of another type");
        }
        if (!names(tags, "h", "sha256").contains("sha256")) {
            throw fault("the key is not for SHA-256");
        }
        if (names(tags, "s", "*").stream().noneMatch(service -> service.equals("*") || service.equals("email"))) {
            throw fault("the key is not for mail");
        }
        String key = tags.compact("p").orElseThrow(() -> fault("the key is missing"));
        if (key.isEmpty()) {
            throw fault("the key is revoked");
        }
        return new KeyRecord(key(key, algorithm), names(tags, "t", "").contains("s"));
    }

    private static List<String> names(TagList tags, String name, String otherwise) {
        return List.of(tags.compact(name).orElse(otherwise).split(":"));
    }

    private static VerifyingKey key(String text, Algorithm algorithm) throws DkimFaultException {
        try {
            byte[] octets = Base64.getDecoder().decode(text);
            return switch (algorithm) {
                case RSA_SHA256 -> rsa(octets);
                case ED25519_SHA256 -> ed25519(octets);
            };
        } catch (IllegalArgumentException | GeneralSecurityException e) {
            throw fault("the key cannot be read");
        }
    }

    private static VerifyingKey rsa(byte[] octets) throws GeneralSecurityException, DkimFaultException {
        RSAPublicKey key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(octets));
        if (key.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new DkimFaultException(Verdict.FAIL, "the key is shorter than 1024 bits");
        }
        if (key.getModulus().bitLength() > MOST_RSA_BITS) {
            throw fault("the key is longer than 8192 bits");
        }
        if (key.getPublicExponent().bitLength() > MOST_EXPONENT_BITS) {
            throw fault("the exponent of the key is too large");
        }
        return new VerifyingKey.Rsa(key);
    }

    // RFC 8463 §4: the bare key.
    private static VerifyingKey ed25519(byte[] octets) throws DkimFaultException {
        if (octets.length != Ed25519.PUBLIC_KEY_SIZE) {
            throw fault("the key has not 32 octets");
        }
        Ed25519.PublicPoint point = Ed25519.validatePublicKeyPartialExport(octets, 0);
        if (point == null) {
            throw fault("the key is no point of the curve");
        }
        return new VerifyingKey.Edwards(point);
    }

    private static DkimFaultException fault(String reason) {
        return new DkimFaultException(Verdict.PERMERROR, reason);
    }
}
