package org.postel.mailbox.store;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.postel.mailbox.cassandra.Cql;

/**
 * The name of a mailbox beside its header, so that a SELECT by name reads one row and not two. A name is written by whoever read it in
 * the tree, and taken away before the tree changes it; each write has the tree's version as its timestamp, so that one that comes late
 * never takes the place of a newer one. What the header tells is thus right, or it tells nothing.
 */
final class NameColumn {

    private static final String WRITE = "UPDATE mailbox_log USING TIMESTAMP ? SET name = ? WHERE mailbox_id = ?";
    private static final String NONE = "";
    private static final int IN_FLIGHT = 64;

    private final Cql cql;

    NameColumn(Cql cql) {
        this.cql = cql;
    }

    /**
     * Tells the name that a mailbox has in a version of the tree. Need not be waited for: without it the next SELECT reads the tree again.
     *
     * @param version of the tree, which rises with each change
     */
    CompletionStage<?> tell(UUID mailbox, String name, long version) {
        return cql.writeAsync(cql.bind(WRITE, 2 * version + 1, name, mailbox));
    }

    /**
     * Tells no name any more; done when this returns.
     *
     * @param version that the tree is about to have, with other names for these
     */
    void takeAway(Collection<UUID> mailboxes, long version) {
        Deque<CompletionStage<?>> writing = new ArrayDeque<>();
        for (UUID mailbox : mailboxes) {
            if (writing.size() == IN_FLIGHT) {
                Cql.settle(writing.removeFirst());
            }
            writing.addLast(cql.writeAsync(cql.bind(WRITE, 2 * version, NONE, mailbox)));
        }
        writing.forEach(Cql::settle);
    }
}
