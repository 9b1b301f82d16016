package org.postel.smtp.command;

import java.util.OptionalLong;
import org.postel.mail.Mailbox;

/** Knows which addresses are ours. */
@FunctionalInterface
public interface Directory {

    /** What an address is to us. */
    sealed interface Standing {

        /**
         * An account or an alias.
         *
         * @param room octets that a message may have to find room, as far as that is known
         */
        record Local(OptionalLong room) implements Standing {}

        /** Our domain, nobody's local part. */
        record UnknownUser() implements Standing {}

        /** No domain of ours. */
        record NotOurs() implements Standing {}
    }

    /** @throws BackendUnavailableException when it does not answer: never a yes */
    Standing standing(Mailbox mailbox) throws BackendUnavailableException;
}
