package org.postel.mailbox.store;

import java.util.List;
import org.postel.mailbox.api.v1.MailboxHeader;

/** A session takes the \Recent messages (RFC 3501 §2.3.2); the answer is the UID from which on they are recent to it. */
record ClaimRecent() implements Command<Integer> {

    @Override
    public Footprint footprint() {
        return new Footprint.None();
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
    public Decision<Integer> decide(Standing now) {
        MailboxHeader header = now.header().mailbox();
        LogHeader next = now.header().with(header.toBuilder().setRecentFrom(header.getUidNext()).build());
        return new Decision<>(List.of(), next, header.getRecentFrom());
    }
}
