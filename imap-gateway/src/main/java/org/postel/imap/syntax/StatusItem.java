package org.postel.imap.syntax;

/** {@code status-att} of RFC 3501 §6.3.10. */
public enum StatusItem {
    MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN
}
