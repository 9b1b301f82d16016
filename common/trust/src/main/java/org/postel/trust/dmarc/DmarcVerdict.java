package org.postel.trust.dmarc;

import java.util.Locale;

/** What DMARC says of a mail: RFC 9989 §5.3 and its registry of results. */
public enum DmarcVerdict {
    /** The author's domain has no policy. */
    NONE,
    /** A domain that stands for the author's sent or signed it. */
    PASS,
    /** None did, or there is no telling who the author is. */
    FAIL,
    /** DNS did not answer; another time it may. */
    TEMPERROR;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
