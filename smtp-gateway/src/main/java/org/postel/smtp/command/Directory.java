package org.postel.smtp.command;

import org.postel.mail.Mailbox;

/** Knows which addresses are ours. */
@FunctionalInterface
public interface Directory {

    /** What an address is to us. */
    enum Standing {
        /** An account or an alias. */
        LOCAL,
        /** Our domain, nobody's local part. */
        UNKNOWN_USER,
        /** No domain of ours. */
        NOT_OURS
    }

    /** @throws BackendUnavailableException when it does not answer: never a yes */
    Standing standing(Mailbox mailbox) throws BackendUnavailableException;
}
