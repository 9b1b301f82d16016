package org.postel.pop3.command;

/** An account whose owner has logged in. */
public interface Account {

    /** Names the account; the same whatever name its owner used. */
    String id();

    /**
     * Takes the exclusive use of the maildrop (RFC 1939 §4) and looks at what is in it.
     *
     * @throws BackendUnavailableException when the store does not answer
     */
    Lock lock() throws BackendUnavailableException;

    /** How that went. */
    sealed interface Lock {

        /** The maildrop is this session's until it is closed. */
        record Taken(LockedMaildrop maildrop) implements Lock {}

        /** Another session has it, here or in another gateway. */
        record InUse() implements Lock {}
    }
}
