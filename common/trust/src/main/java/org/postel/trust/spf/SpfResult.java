package org.postel.trust.spf;

import java.util.Locale;

/** What check_host() says: RFC 7208 §2.6. */
public enum SpfResult {
    /** There is no record, or no name to ask for. */
    NONE,
    /** The domain says nothing of this host. */
    NEUTRAL,
    /** The host may send for the domain. */
    PASS,
    /** The host may not. */
    FAIL,
    /** The host probably may not. */
    SOFTFAIL,
    /** DNS gave no answer; another time it may. */
    TEMPERROR,
    /** The record cannot be understood, or costs too much. */
    PERMERROR;

    /** As in Authentication-Results: RFC 8601 §2.7.2. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
