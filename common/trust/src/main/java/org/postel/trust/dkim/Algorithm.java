package org.postel.trust.dkim;

import java.util.Arrays;
import java.util.Optional;

/** How a signature is made: RFC 8301 §3.1, RFC 8463 §3. */
public enum Algorithm {
    /** RSASSA-PKCS1-v1_5 over the header's canonical form. */
    RSA_SHA256("rsa-sha256", "rsa"),
    /** PureEdDSA over the SHA-256 of the header's canonical form. */
    ED25519_SHA256("ed25519-sha256", "ed25519");

    private final String tag;
    private final String keyType;

    Algorithm(String tag, String keyType) {
        this.tag = tag;
        this.keyType = keyType;
    }

    /** The one of a value of a=. */
    public static Optional<Algorithm> ofTag(String tag) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.tag.equals(tag)).findFirst();
    }

    /** The value of a=. */
    public String tag() {
        return tag;
    }

    /** The value of k= in a key record. */
    String keyType() {
        return keyType;
    }
}
