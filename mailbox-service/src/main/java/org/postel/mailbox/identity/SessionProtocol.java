package org.postel.mailbox.identity;

import java.util.Arrays;
import java.util.Optional;

/** What a session was opened for, and by which service. */
public enum SessionProtocol {
    SUBMISSION("submission", Caller.SMTP_GATEWAY),
    IMAP("imap", Caller.IMAP_GATEWAY),
    POP3("pop3", Caller.POP3_GATEWAY);

    private final String claim;
    private final Caller opener;

    SessionProtocol(String claim, Caller opener) {
        this.claim = claim;
        this.opener = opener;
    }

    /** As tokens and the directory write it. */
    public String claim() {
        return claim;
    }

    /** The one service that opens and uses such sessions. */
    public Caller opener() {
        return opener;
    }

    /** From the written form. */
    public static Optional<SessionProtocol> of(String claim) {
        return Arrays.stream(values()).filter(protocol -> protocol.claim.equals(claim)).findFirst();
    }
}
