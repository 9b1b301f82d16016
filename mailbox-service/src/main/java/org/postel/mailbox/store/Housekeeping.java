package org.postel.mailbox.store;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Keeps logs short, beside the commits: a snapshot after so many rows, and then what it folds and nobody may ask for goes. A snapshot
 * is as long as its mailbox, so that of a large one waits for more rows.
 */
final class Housekeeping {

    /** A row of the log for so many messages in the mailbox. */
    private static final int MESSAGES_FOR_A_ROW = 20;
    /** Times as many rows as for a small mailbox, at most: who opens it reads them, and what is folded waits for them. */
    private static final int MOST_TIMES = 5;

    private static final Logger LOG = Logger.getLogger(Housekeeping.class);

    private final SnapshotWriter snapshots;
    private final LogFolder folder;
    private final int after;
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();

    Housekeeping(SnapshotWriter snapshots, LogFolder folder, int after) {
        this.snapshots = snapshots;
        this.folder = folder;
        this.after = after;
    }

    /** Looks after a mailbox that was committed to; returns at once. */
    void after(OpenMailbox mailbox) {
        if (isDue(mailbox.header(), after) && running.add(mailbox.id())) {
            Thread.ofVirtual().name("housekeeping").start(() -> run(mailbox));
        }
    }

    /** @param after rows of the log, for a small mailbox */
    static boolean isDue(LogHeader header, int after) {
        long rows = header.modseq() - header.position().modseq();
        return rows >= Math.clamp(Integer.toUnsignedLong(header.mailbox().getMessages()) / MESSAGES_FOR_A_ROW, after, (long) MOST_TIMES * after);
    }

    private void run(OpenMailbox mailbox) {
        try {
            snapshots.write(mailbox);
            folder.fold(mailbox);
        } catch (RuntimeException e) {
            LOG.warnf("mailbox %s: housekeeping put off: %s", mailbox.id(), e.getMessage());
        } finally {
            running.remove(mailbox.id());
        }
    }
}
