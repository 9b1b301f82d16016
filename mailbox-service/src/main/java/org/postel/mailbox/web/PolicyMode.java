package org.postel.mailbox.web;

/** How serious our MTA-STS policy is: RFC 8461 §5. */
public enum PolicyMode {
    /** Mail for us waits rather than go in clear, or to a server that does not prove its name. */
    ENFORCE,
    /** As none, but other servers report. */
    TESTING,
    /** There is none any more. */
    NONE
}
