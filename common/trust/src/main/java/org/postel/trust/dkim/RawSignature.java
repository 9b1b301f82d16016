package org.postel.trust.dkim;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;
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
        try {
            Signature verifying = Signature.getInstance(algorithm.signature());
            verifying.initVerify(key);
            verifying.update(switch (algorithm) {
                case RSA_SHA256 -> signed;
                // RFC 8463 §3: what is signed is the hash.
                case ED25519_SHA256 -> BodyHash.sha256().digest(signed);
            });
            return verifying.verify(value);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
