package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.postel.mail.Domain;

/**
 * A private key to sign with.
 *
 * @param domain    whose it is
 * @param selector  under which its public half is published
 * @param algorithm what it is for
 * @param key       the key
 */
public record DkimKey(Domain domain, String selector, Algorithm algorithm, PrivateKey key) {

    // RFC 8301 §3.2: signers should use 2048 bits at least.
    private static final int LEAST_RSA_BITS = 2048;

    /**
     * Reads a key as openssl writes it: PKCS#8 in PEM (RFC 7468 §10), RSA or Ed25519.
     *
     * @throws IllegalArgumentException when it is none, or an RSA key shorter than 2048 bits
     */
    public static DkimKey ofPem(Domain domain, String selector, String pem) {
        byte[] octets = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            return rsa(domain, selector, octets);
        } catch (GeneralSecurityException notRsa) {
            try {
                return new DkimKey(domain, selector, Algorithm.ED25519_SHA256, KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(octets)));
            } catch (GeneralSecurityException e) {
                throw new IllegalArgumentException("neither an RSA nor an Ed25519 key in PKCS#8", e);
            }
        }
    }

    private static DkimKey rsa(Domain domain, String selector, byte[] octets) throws GeneralSecurityException {
        RSAPrivateKey key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(octets));
        if (key.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key has at least 2048 bits");
        }
        return new DkimKey(domain, selector, Algorithm.RSA_SHA256, key);
    }

    /** Does not show the key. */
    @Override
    public String toString() {
        return selector + "._domainkey." + domain + " " + algorithm.tag();
    }
}
