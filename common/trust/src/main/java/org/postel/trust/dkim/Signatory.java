package org.postel.trust.dkim;

import java.io.IOException;
import java.util.List;

/** Holds the private keys, and signs with them without showing them. */
@FunctionalInterface
public interface Signatory {

    /**
     * One signature that is wanted.
     *
     * @param key  whose
     * @param hash the SHA-256 of what is signed, in its canonical form
     */
    record Wanted(DkimKey key, byte[] hash) {
    }

    /**
     * Signs.
     *
     * @return the values of b=, in the order asked
     * @throws IOException when that cannot be done now
     */
    List<byte[]> sign(List<Wanted> wanted) throws IOException;

    /** The hash that is to be signed for some octets. */
    static byte[] hash(byte[] octets) {
        return BodyHash.sha256().digest(octets);
    }
}
