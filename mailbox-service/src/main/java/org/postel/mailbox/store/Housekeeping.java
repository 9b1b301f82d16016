package org.postel.mailbox.store;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Keeps logs short, beside the commits: a snapshot after so many rows, and then what it folds and nobody may ask for goes. */
final class Housekeeping {

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
        LogHeader header = mailbox.header();
        if (header.modseq() - header.position().modseq() >= after && running.add(mailbox.id())) {
            Thread.ofVirtual().name("housekeeping").start(() -> run(mailbox));
        }
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
