package org.postel.mailbox.sharing;

import java.util.UUID;
import org.postel.mailbox.storage.Right;
import org.postel.mailbox.storage.Rights;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/**
 * What a session may do with a mailbox.
 *
 * @param owner whose mailbox it is
 */
public record Access(UUID owner, Rights rights) {

    /**
     * The owner, if the session has this right.
     *
     * @throws StoreException FORBIDDEN; NOT_FOUND to who may not even know of the mailbox (RFC 4314 §6)
     */
    public UUID with(Right right) {
        if (!rights.has(right)) {
            throw rights.has(Right.LOOKUP) ? new StoreException(Problem.FORBIDDEN, "no right to do this")
                    : new StoreException(Problem.NOT_FOUND, "no such mailbox");
        }
        return owner;
    }
}
