package org.postel.smtp.filter;

/** What becomes of mail with malware in it. */
public enum Infected {
    /** It is refused. */
    REJECT,
    /** It goes to the mailbox for junk. */
    JUNK
}
