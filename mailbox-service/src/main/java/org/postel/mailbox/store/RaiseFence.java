package org.postel.mailbox.store;

import java.util.List;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;

/** From now on a maildrop is changed only under this fencing token. */
record RaiseFence(long token) implements Command<Boolean> {

    @Override
    public Footprint footprint() {
        // Alone in its round: an expunge decides on the fence.
        return new Footprint.All();
    }

    @Override
    public int weight() {
        return 0;
    }

    @Override
    public int rows() {
        return 0;
    }

    @Override
    public Decision<Boolean> decide(Standing now) {
        if (token < now.header().fence()) {
            throw new StoreException(Problem.LEASE_LOST, "the maildrop has a later holder");
        }
        return new Decision<>(List.of(), now.header().withFence(token), token > now.header().fence());
    }
}
