package org.postel.pop3.command;

import java.util.List;
import java.util.Optional;
import org.postel.pop3.session.Maildrop;

/** A maildrop in exclusive use; kept so until it is closed. Used by the session's thread. */
public interface LockedMaildrop extends AutoCloseable {

    /** Whether what opened the session would open it still; true while nobody can say. Asked for at most every so often. */
    boolean stands();

    /** What was in it when it was locked. */
    Maildrop maildrop();

    /**
     * The octets of a message from its start on; empty when it is gone. Close it.
     *
     * @param number of a message that the maildrop has
     */
    Optional<Content> content(int number) throws BackendUnavailableException;

    /** The same for a client that takes whole messages: those that follow in order may be read with it. */
    Optional<Content> retrieve(int number) throws BackendUnavailableException;

    /**
     * Deletes messages for good, if the maildrop still is this session's; else nothing.
     *
     * @param uids unsigned, ascending
     * @throws MaildropLostException when it is another's by now
     */
    void delete(List<Integer> uids) throws BackendUnavailableException, MaildropLostException;

    /** Gives the maildrop back; never throws. May be called twice. */
    @Override
    void close();

    /** The octets of a message, as they come. */
    interface Content extends AutoCloseable {

        /** The next octets; none at the end. */
        byte[] next() throws BackendUnavailableException;

        @Override
        void close();
    }
}
