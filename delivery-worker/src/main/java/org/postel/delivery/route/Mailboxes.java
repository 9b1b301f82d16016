package org.postel.delivery.route;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Optional;
import org.postel.queue.v1.QueuedMessage;

/** Puts a message into mailboxes of ours. */
public interface Mailboxes {

    /**
     * One copy.
     *
     * @param account 16 octets
     * @param prefix header lines for this copy, each ended by CRLF
     * @param absence what is answered once it is there
     * @param filing in which mailbox it is put, and with which flags
     */
    record Copy(ByteString account, String prefix, Optional<Absence> absence, Filing filing) {}

    /** What became of a copy. */
    enum Stored {
        /** It is in the mailbox, perhaps from before. */
        DELIVERED,
        /** It is in INBOX, for it could not be put where its owner's rules file it. */
        IN_INBOX,
        /** The account went away. */
        NO_SUCH_ACCOUNT,
        /** The mailbox is full. */
        OVER_QUOTA,
        /** Not now. */
        TEMPORARY_FAILURE;

        /** Whether the account has it. */
        public boolean isThere() {
            return this == DELIVERED || this == IN_INBOX;
        }
    }

    /**
     * All copies in one call; in the order given. A copy that is there already is not stored again.
     *
     * @throws StoreUnavailableException when the outcome of all is not known
     */
    List<Stored> deliver(QueuedMessage message, List<Copy> copies) throws StoreUnavailableException, InterruptedException;
}
