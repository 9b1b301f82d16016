package org.postel.trust.dkim;

import java.time.Clock;
import java.util.List;
import org.postel.trust.message.Field;

/**
 * Signs for a domain, once with each of its keys: RFC 6376 §5, RFC 8463 §6 (a receiver takes the algorithm it knows). The body is
 * always signed whole, without l=.
 */
public final class DkimSigner {

    private final List<DkimKey> keys;
    private final Signatory signatory;
    private final Clock clock;

    /** @param signatory has the private halves of the keys */
    public DkimSigner(List<DkimKey> keys, Signatory signatory, Clock clock) {
        this.keys = List.copyOf(keys);
        this.signatory = signatory;
        this.clock = clock;
    }

    /** Begins with the header as it will be sent. */
    public DkimSigning open(List<Field> header) {
        return DkimSigning.dkim(keys, signatory, header, clock.instant());
    }
}
