package org.postel.trust.dkim;

import java.time.Clock;
import java.util.List;
import org.postel.trust.message.Field;

/**
 * Signs for a domain, once with each of its keys: RFC 6376 §5, RFC 8463 §3 (a receiver takes the algorithm it knows). The body is
 * always signed whole, without l=.
 */
public final class DkimSigner {

    private final List<DkimKey> keys;
    private final Clock clock;

    public DkimSigner(List<DkimKey> keys, Clock clock) {
        this.keys = List.copyOf(keys);
        this.clock = clock;
    }

    /** Begins with the header as it will be sent. */
    public DkimSigning open(List<Field> header) {
        return new DkimSigning(keys, header, clock.instant());
    }
}
