package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;

/**
 * A signature over some octets, by a key that DNS has: what DKIM and ARC (RFC 8617 §4.1.3) have in common.
 *
 * @param algorithm a=
 * @param domain    d=
 * @param selector  s=
 * @param author    the domain of i= of a DKIM signature, else that of d=
 * @param value     b=
 */
record RawSignature(Algorithm algorithm, String domain, String selector, String author, byte[] value) {

    /** Asks for the key once. */
    void verify(byte[] signed, Dns dns) throws DkimFaultException, DnsTroubleException {
        // RFC 6376 §3.6.2.1
        List<String> records = dns.texts(selector + "._domainkey." + domain);
        if (records.isEmpty()) {
            throw new DkimFaultException(Verdict.PERMERROR, "there is no key");
        }
        KeyRecord key = KeyRecord.parse(records.getFirst(), algorithm);
        if (key.strict() && !author.equals(domain)) {
            throw new DkimFaultException(Verdict.PERMERROR, "the key is for the domain itself only");
        }
        if (!verifies(key.key(), signed)) {
            throw new DkimFaultException(Verdict.FAIL, "the signature does not match");
        }
    }

    private boolean verifies(PublicKey key, byte[] signed) {
        return switch (algorithm) {
            case RSA_SHA256 -> verifiesRsa(key, signed);
            // RFC 8463 §3: what is signed is the hash.
            case ED25519_SHA256 -> verifiesEd25519(key.getEncoded(), BodyHash.sha256().digest(signed));
        };
    }

    // Not by the JDK, which took a third of the gateway's CPU for it under load: 0.9 ms where this takes 0.13.
    private boolean verifiesEd25519(byte[] key, byte[] hash) {
        return value.length == Ed25519.SIGNATURE_SIZE
            && Ed25519.verify(value, 0, key, key.length - Ed25519.PUBLIC_KEY_SIZE, hash, 0, hash.length);
    }

    private boolean verifiesRsa(PublicKey key, byte[] signed) {
        try {
            Signature verifying = Signature.getInstance(algorithm.signature());
            verifying.initVerify(key);
            verifying.update(signed);
            return verifying.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
