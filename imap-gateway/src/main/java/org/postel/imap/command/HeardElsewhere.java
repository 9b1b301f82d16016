package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;

/**
 * What a session that used NOTIFY heard of its account's mailboxes and has not looked at yet: one entry for each mailbox,
 * however much happens there. Told on any thread, asked by the session's own.
 */
final class HeardElsewhere {

    private final Map<ByteString, Long> mailboxes = new HashMap<>();
    private boolean listening;
    private boolean anything;

    /**
     * What is to be looked at.
     *
     * @param modseqs  that mailboxes have reached
     * @param anything names changed, or news may have been missed
     */
    record Wanted(Map<ByteString, Long> modseqs, boolean anything) {}

    /** From here on news counts, or does not any more. */
    synchronized void listen(boolean wanted) {
        listening = wanted;
        if (!wanted) {
            forget();
        }
    }

    private void forget() {
        anything = false;
        mailboxes.clear();
    }

    /** Whether this is news. */
    synchronized boolean committed(ByteString mailboxId, long modseq) {
        if (listening) {
            mailboxes.merge(mailboxId, modseq, Math::max);
        }
        return listening;
    }

    /** Something that only all of it can tell. */
    synchronized void anything() {
        anything = listening;
    }

    /** Whether there is something to look at. */
    synchronized boolean isNews() {
        return anything || !mailboxes.isEmpty();
    }

    /** What there is; nothing is left here. */
    synchronized Wanted take() {
        Wanted wanted = new Wanted(Map.copyOf(mailboxes), anything);
        forget();
        return wanted;
    }

    /** It could not be looked at: it stays. */
    synchronized void putBack(Wanted wanted) {
        wanted.modseqs().forEach(this::committed);
        anything |= wanted.anything();
    }
}
