package org.postel.trust.arc;

import java.util.Locale;

/** How a chain stands: RFC 8617 §4.4, and as cv= in a seal. */
public enum ArcVerdict {
    /** There is none. */
    NONE,
    /** Each of its seals is whole, and since the last one the message too. */
    PASS,
    /** Not so. */
    FAIL;

    /** As in Authentication-Results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
