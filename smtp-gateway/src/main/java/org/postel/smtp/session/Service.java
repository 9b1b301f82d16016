package org.postel.smtp.session;

/** What a listener is for. */
public enum Service {
    /** Takes mail for our domains from anybody: RFC 5321. */
    MX,
    /** Takes mail to anywhere from those who log in: RFC 6409. */
    SUBMISSION
}
