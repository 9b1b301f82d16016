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
     */
    record Copy(ByteString account, String prefix, Optional<Absence> absence) {}

    /** What became of a copy. */
    enum Stored {
        /** It is in the mailbox, perhaps from before. */
        DELIVERED,
        /** The account went away. */
        NO_SUCH_ACCOUNT,
        /** The mailbox is full. */
        OVER_QUOTA,
        /** Not now. */
        TEMPORARY_FAILURE
    }

    /**
     * All copies in one call; in the order given. A copy that is there already is not stored again.
     *
     * @throws StoreUnavailableException when the outcome of all is not known
     */
    List<Stored> deliver(QueuedMessage message, List<Copy> copies) throws StoreUnavailableException, InterruptedException;
}
