package org.postel.mailbox.setup;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.postel.mailbox.content.ContentSweeper;
import org.postel.mailbox.metadata.AccountMetadata;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.Sweeper;
import org.postel.mailbox.store.MailboxPurge;
import org.postel.mailbox.tree.AccountTrees;
import org.postel.mailbox.tree.DoomedMailboxes.Doomed;

/** First the mailboxes that were deleted, then the content that nobody links to any more. */
record StorageSweeper(AccountTrees trees, MailboxPurge purge, AccountMetadata metadata, ContentSweeper content, Clock clock, Duration grace) implements Sweeper {

    private static final Logger LOG = Logger.getLogger(StorageSweeper.class);

    @Override
    public long sweep(BooleanSupplier leaseHeld) {
        for (Doomed doomed : trees.doomed().all()) {
            if (leaseHeld.getAsBoolean() && doomed.since().plus(grace).isBefore(clock.instant())) {
                purge(doomed);
            }
        }
        return content.sweep(leaseHeld);
    }

    /** Those of an account go with the first of its mailboxes, once it is gone itself. */
    private void forgetAnnotations(Doomed doomed) {
        if (trees.isThere(doomed.account())) {
            metadata.forget(doomed.account(), doomed.mailbox());
        } else {
            metadata.forget(doomed.account());
        }
    }

    private void purge(Doomed doomed) {
        try {
            // It was noted before the name went: whoever died between left the mailbox as it was.
            if (!trees.has(doomed.account(), doomed.mailbox())) {
                forgetAnnotations(doomed);
                purge.purge(doomed.account(), doomed.mailbox());
            }
            trees.doomed().done(doomed.mailbox());
        } catch (StoreException e) {
            LOG.warnf("mailbox %s: purge put off: %s", doomed.mailbox(), e.getMessage());
        }
    }
}
