package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Both halves of a key. Signs a hash, so that whoever keeps it needs to see no mail. */
public final class DkimKeyPair {

    // RFC 8301 §3.2: signers should use 2048 bits at least; more do not fit into one answer of DNS over UDP.
    private static final int RSA_BITS = 2048;
    private static final int ED25519_OCTETS = 32;
    // DigestInfo of SHA-256 without the hash: RFC 8017 §9.2, note 1.
    private static final byte[] SHA256_HEAD = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    private final Algorithm algorithm;
    private final PrivateKey privateKey;
    private final PublicKey publicKey;

    private DkimKeyPair(Algorithm algorithm, PrivateKey privateKey, PublicKey publicKey) {
        this.algorithm = algorithm;
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /** A new one. Takes up to a second for RSA. */
    public static DkimKeyPair generate(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(factory(algorithm));
            if (algorithm == Algorithm.RSA_SHA256) {
                generator.initialize(RSA_BITS);
            }
            KeyPair pair = generator.generateKeyPair();
            return new DkimKeyPair(algorithm, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes such keys", e);
        }
    }

    /**
     * One that was kept.
     *
     * @param privateKey as {@link #privateKey} gave it
     * @param publicKey  as {@link #publicKey} gave it
     */
    public static DkimKeyPair of(Algorithm algorithm, byte[] privateKey, byte[] publicKey) {
        try {
            KeyFactory keys = KeyFactory.getInstance(factory(algorithm));
            return new DkimKeyPair(algorithm, keys.generatePrivate(new PKCS8EncodedKeySpec(privateKey)),
                keys.generatePublic(new X509EncodedKeySpec(publicKey)));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key for " + algorithm.tag(), e);
        }
    }

    private static String factory(Algorithm algorithm) {
        return switch (algorithm) {
            case RSA_SHA256 -> "RSA";
            case ED25519_SHA256 -> "Ed25519";
        };
    }

    /** What it is for. */
    public Algorithm algorithm() {
        return algorithm;
    }

    /** The private half in PKCS#8. */
    public byte[] privateKey() {
        return privateKey.getEncoded();
    }

    /** The public half as a SubjectPublicKeyInfo (RFC 8410 §4 for Ed25519). */
    public byte[] publicKey() {
        return publicKey.getEncoded();
    }

    /**
     * The value of b= for a header.
     *
     * @param hash the SHA-256 of the header's canonical form
     */
    public byte[] sign(byte[] hash) {
        try {
            Signature signature = Signature.getInstance(algorithm == Algorithm.RSA_SHA256 ? "NONEwithRSA" : "Ed25519");
            signature.initSign(privateKey);
            if (algorithm == Algorithm.RSA_SHA256) {
                signature.update(SHA256_HEAD);
            }
            // RFC 8463 §3: Ed25519 signs the hash as a message.
            signature.update(hash);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot sign with " + this, e);
        }
    }

    /** What its domain publishes: RFC 6376 §3.6.1, and for Ed25519 the bare key of RFC 8463 §4. */
    public String record() {
        byte[] encoded = publicKey();
        byte[] published = switch (algorithm) {
            case RSA_SHA256 -> encoded;
            case ED25519_SHA256 -> Arrays.copyOfRange(encoded, encoded.length - ED25519_OCTETS, encoded.length);
        };
        return "v=DKIM1; k=" + algorithm.keyType() + "; p=" + Base64.getEncoder().encodeToString(published);
    }

    /** Does not show the key. */
    @Override
    public String toString() {
        return "a key for " + algorithm.tag();
    }
}
