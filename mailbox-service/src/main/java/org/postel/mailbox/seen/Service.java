package org.postel.mailbox.seen;

import java.util.Arrays;
import java.util.Optional;
import org.postel.mailbox.identity.SessionProtocol;

/** What somebody logged in to. */
public enum Service {
    SUBMISSION("submission"),
    IMAP("imap"),
    POP3("pop3"),
    /** The pages of accounts, and with them the console. */
    PAGES("pages");

    private final String written;

    Service(String written) {
        this.written = written;
    }

    /** The one that sessions of a protocol are of. */
    public static Service of(SessionProtocol protocol) {
        return switch (protocol) {
            case SUBMISSION -> SUBMISSION;
            case IMAP -> IMAP;
            case POP3 -> POP3;
        };
    }

    /** As the table and the administrator's API write it. */
    public String written() {
        return written;
    }

    /** From the written form; a newer instance may write others. */
    static Optional<Service> of(String written) {
        return Arrays.stream(values()).filter(service -> service.written.equals(written)).findFirst();
    }
}
