package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key, made ready once for all the signatures that it verifies. */
sealed interface VerifyingKey {

    /**
     * Whether a signature is by this key.
     *
     * @param signed the canonical form of the header
     */
    boolean verifies(byte[] signed, byte[] signature);

    /**
     * RFC 6376 §3.3.2.
     *
     * @param key of any length
     */
    record Rsa(RSAPublicKey key) implements VerifyingKey {

        // Named, because the JDK else looks through all providers for each signature, which takes as long as verifying it.
        private static final String PROVIDER = "SunRsaSign";

        @Override
        public boolean verifies(byte[] signed, byte[] signature) {
            try {
                Signature verifying = Signature.getInstance("SHA256withRSA", PROVIDER);
                verifying.initVerify(key);
                verifying.update(signed);
                return verifying.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    }

    /**
     * RFC 8463. Not by the JDK, which takes eight times as long.
     *
     * @param point decoded, which is half of the work of verifying
     */
    record Edwards(Ed25519.PublicPoint point) implements VerifyingKey {

        // §3: what is signed is the hash.
        @Override
        public boolean verifies(byte[] signed, byte[] signature) {
            byte[] hash = BodyHash.sha256().digest(signed);
            return signature.length == Ed25519.SIGNATURE_SIZE && Ed25519.verify(signature, 0, point, hash, 0, hash.length);
        }
    }
}
