package org.postel.trust.dkim;

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
    void verify(byte[] signed, Dns dns, KnownKeys keys) throws DkimFaultException, DnsTroubleException {
        // RFC 6376 §3.6.2.1
        List<String> records = dns.texts(selector + "._domainkey." + domain);
        if (records.isEmpty()) {
            throw new DkimFaultException(Verdict.PERMERROR, "there is no key");
        }
        KeyRecord key = keys.of(records.getFirst(), algorithm);
        if (key.strict() && !author.equals(domain)) {
            throw new DkimFaultException(Verdict.PERMERROR, "the key is for the domain itself only");
        }
        if (!key.key().verifies(signed, value)) {
            throw new DkimFaultException(Verdict.FAIL, "the signature does not match");
        }
    }
}
