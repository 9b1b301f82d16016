package org.postel.smtp.session;

/** What a listener is for. */
public enum Service {
    /** Takes mail for our domains from anybody: RFC 5321. */
    MX,
    /** Takes mail to anywhere from those who log in: RFC 6409. */
    SUBMISSION,
    /** Takes mail for our domains from a mail server that is trusted: RFC 2033. */
    LMTP
}
