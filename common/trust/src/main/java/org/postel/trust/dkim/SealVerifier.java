package org.postel.trust.dkim;

import java.util.Optional;
import org.postel.trust.dns.Dns;
import org.postel.trust.dns.DnsTroubleException;
import org.postel.trust.message.TagList;

/** Verifies the signature of an ARC-Seal, which is over other fields only: RFC 8617 §4.1.3. */
public final class SealVerifier {

    private final KnownKeys keys = new KnownKeys();

    /**
     * What is wrong with it; empty when nothing is.
     *
     * @param seal   its tags
     * @param signed the octets it is over
     * @param dns    asked once
     */
    public Optional<String> fault(TagList seal, byte[] signed, Dns dns) {
        try {
            DkimSignature.seal(seal).verify(signed, dns, keys);
            return Optional.empty();
        } catch (DkimFaultException e) {
            return Optional.of(e.getMessage());
        } catch (DnsTroubleException e) {
            return Optional.of("no key for now");
        }
    }
}
