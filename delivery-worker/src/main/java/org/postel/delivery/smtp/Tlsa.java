package org.postel.delivery.smtp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * A certificate association of DNS: RFC 6698 §2.1.
 *
 * @param usage 3: this is the server's own certificate; 2: this one vouches for it
 * @param selector 0: of the whole certificate, 1: of its public key
 * @param matching 0: the thing itself, 1: its SHA-256, 2: its SHA-512
 * @param data lower case hexadecimal digits
 */
public record Tlsa(int usage, int selector, int matching, String data) {

    /** DANE-TA: RFC 7218 §2.1. */
    public static final int TRUST_ANCHOR = 2;
    /** DANE-EE. */
    public static final int END_ENTITY = 3;

    /** Whether a mail server may be known by it: RFC 7672 §3.1.3 has no use for usages 0 and 1. */
    public boolean usable() {
        boolean knownUsage = usage == TRUST_ANCHOR || usage == END_ENTITY;
        return knownUsage && (selector == 0 || selector == 1) && matching >= 0 && matching <= 2 && !data.isEmpty();
    }

    boolean matches(X509Certificate certificate) throws CertificateEncodingException {
        byte[] selected = selector == 0 ? certificate.getEncoded() : certificate.getPublicKey().getEncoded();
        byte[] matched = switch (matching) {
            case 1 -> digest("SHA-256", selected);
            case 2 -> digest("SHA-512", selected);
            default -> selected;
        };
        return HexFormat.of().formatHex(matched).equals(data);
    }

    private static byte[] digest(String algorithm, byte[] octets) {
        try {
            return MessageDigest.getInstance(algorithm).digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
