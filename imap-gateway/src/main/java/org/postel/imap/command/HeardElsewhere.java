package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What a session that used NOTIFY heard of its account's mailboxes and has not looked at yet: one entry for each mailbox,
 * however much happens there. Told on any thread, asked by the session's own.
 */
final class HeardElsewhere {

    private final Map<ByteString, Long> mailboxes = new HashMap<>();
    private Set<ByteString> ofOthers = Set.of();
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

    /** From here on news of these mailboxes of other accounts counts; each is looked at once, for what came before. */
    synchronized void ofOthers(Set<ByteString> mailboxIds) {
        mailboxIds.stream().filter(id -> !ofOthers.contains(id)).forEach(id -> committed(id, 0));
        ofOthers = Set.copyOf(mailboxIds);
    }

    /** Whether this is news of another account's mailbox that is watched: the others of that account are nobody's business here. */
    synchronized boolean committedByOther(ByteString mailboxId, long modseq) {
        return ofOthers.contains(mailboxId) && committed(mailboxId, modseq);
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
