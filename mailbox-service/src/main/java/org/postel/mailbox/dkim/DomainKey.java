package org.postel.mailbox.dkim;

import java.time.Instant;
import java.util.Optional;
import org.postel.trust.dkim.Algorithm;
import org.postel.trust.dkim.DkimKeyPair;

/**
 * A key of a domain.
 *
 * @param domain    canonical
 * @param selector  what its record is called, unique within the domain
 * @param pair      the key
 * @param createdAt since when its record is shown
 * @param signsFrom since when it signs; empty while its record has to get about first
 */
public record DomainKey(String domain, String selector, DkimKeyPair pair, Instant createdAt, Optional<Instant> signsFrom) {

    /** What it signs with. */
    public Algorithm algorithm() {
        return pair.algorithm();
    }

    /** Where its record stands: RFC 6376 §3.6.2.1. */
    public String recordName() {
        return selector + "._domainkey." + domain;
    }

    /** Its record. */
    public String record() {
        return pair.record();
    }

    DomainKey signingFrom(Instant instant) {
        return new DomainKey(domain, selector, pair, createdAt, Optional.of(instant));
    }
}
