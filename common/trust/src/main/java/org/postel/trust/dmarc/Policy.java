package org.postel.trust.dmarc;

import java.util.Locale;
import java.util.Optional;

/** What a domain wants done with mail that fails: RFC 9989 §4.7, mildest first. */
public enum Policy {
    /** Nothing. */
    NONE,
    /** It is suspicious. */
    QUARANTINE,
    /** It is to be refused. */
    REJECT;

    static Optional<Policy> ofTag(String tag) {
        return switch (tag.toLowerCase(Locale.ROOT)) {
            case "none" -> Optional.of(NONE);
            case "quarantine" -> Optional.of(QUARANTINE);
            case "reject" -> Optional.of(REJECT);
            default -> Optional.empty();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
