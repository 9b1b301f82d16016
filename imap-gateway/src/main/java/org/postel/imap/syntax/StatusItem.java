package org.postel.imap.syntax;

/** {@code status-att} of RFC 3501 §6.3.10 and RFC 7162 §3.1.7. */
public enum StatusItem {
    MESSAGES, RECENT, UIDNEXT, UIDVALIDITY, UNSEEN, HIGHESTMODSEQ
}
