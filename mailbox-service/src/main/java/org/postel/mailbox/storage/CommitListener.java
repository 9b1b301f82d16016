package org.postel.mailbox.storage;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;

/** Is told of every commit, after it is durable. */
@FunctionalInterface
public interface CommitListener {

    /**
     * Called on the thread that committed: must return at once and not throw.
     *
     * @param mailbox empty when the account's tree of names changed
     * @param modseq  the highest MODSEQ now; for a tree its version
     */
    void committed(UUID account, Optional<UUID> mailbox, long modseq);

    /**
     * Annotations changed; called as {@link #committed} is.
     *
     * @param account whose they are
     * @param mailbox empty for those of the account itself
     * @param entries their names
     */
    default void annotated(UUID account, Optional<UUID> mailbox, Collection<String> entries) {
        // Who keeps nothing of annotations has nothing to do.
    }
}
