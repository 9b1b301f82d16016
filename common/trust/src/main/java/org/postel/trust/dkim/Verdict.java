package org.postel.trust.dkim;

import java.util.Locale;

/** What became of a signature: RFC 8601 §2.7.1. */
public enum Verdict {
    /** It verifies. */
    PASS,
    /** It does not, or is made with what nobody may use any more. */
    FAIL,
    /** It verifies, but what it leaves open is not taken here. */
    POLICY,
    /** Its key cannot be had for now. */
    TEMPERROR,
    /** It, or its key, cannot be understood. */
    PERMERROR;

    /** As in Authentication-Results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
