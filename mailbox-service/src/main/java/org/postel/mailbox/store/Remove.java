package org.postel.mailbox.store;

import java.util.List;

/** The mailbox is deleted: nothing can be done with it any more. */
record Remove() implements Command<Boolean> {

    @Override
    public Footprint footprint() {
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
        return new Decision<>(List.of(), now.header().withGone(), true);
    }
}
