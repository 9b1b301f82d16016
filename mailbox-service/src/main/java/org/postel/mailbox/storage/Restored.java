package org.postel.mailbox.storage;

import java.util.Optional;
import java.util.UUID;

/** What is to be done with mail that a backup brought back, before anybody sees it. */
public interface Restored {

    /**
     * Lets the mailboxes of some accounts, those that were deleted and can be restored among them, go on beyond every UID and MODSEQ
     * that they may have given after the backup was taken. Done twice it leaves out twice as many, and harms nothing.
     *
     * @param after    the account that the part before ended with; empty for the first part
     * @param accounts how many at most
     * @throws StoreException UNAVAILABLE: some of this part may be done
     */
    Part advance(Optional<UUID> after, int accounts);

    /**
     * What was done.
     *
     * @param next where the next part begins; empty at the end
     */
    record Part(int accounts, int mailboxes, Optional<UUID> next) {}
}
