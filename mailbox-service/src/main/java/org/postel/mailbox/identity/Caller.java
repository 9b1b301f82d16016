package org.postel.mailbox.identity;

import java.util.Arrays;
import java.util.Optional;

/** A service that may call us, by the name its token carries. */
public enum Caller {
    SMTP_GATEWAY("smtp-gateway"),
    IMAP_GATEWAY("imap-gateway"),
    POP3_GATEWAY("pop3-gateway"),
    DELIVERY_WORKER("delivery-worker");

    private final String subject;

    Caller(String subject) {
        this.subject = subject;
    }

    /** The name in the token, without the prefix that a cluster puts before it. */
    public String subject() {
        return subject;
    }

    static Optional<Caller> of(String subject) {
        return Arrays.stream(values()).filter(caller -> caller.subject.equals(subject)).findFirst();
    }
}
