package org.postel.imap.syntax;

import java.util.Arrays;
import java.util.Optional;

/**
 * {@code status-att} of RFC 3501 §6.3.10 and RFC 9051 §6.3.11, RFC 7162 §3.1.7, RFC 7889 §3.2, RFC 8474 §4.3 and RFC 9208 §4.1.4.
 */
public enum StatusItem {
    MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN, HIGHESTMODSEQ,
    /** RFC 8438: octets of all messages. */
    SIZE,
    /** How many messages are marked to be expunged. */
    DELETED,
    /** Octets of those. */
    DELETED_STORAGE,
    /** Octets of the largest message that APPEND takes. */
    APPENDLIMIT,
    MAILBOXID;

    /** As it goes over the wire. */
    public String wire() {
        return name().replace('_', '-');
    }

    static Optional<StatusItem> of(String wire) {
        return Arrays.stream(values()).filter(item -> item.wire().equals(wire)).findFirst();
    }
}
