package org.postel.imap.command;

import com.google.protobuf.ByteString;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a session that used NOTIFY heard of its account's mailboxes and has not looked at yet: one entry for each mailbox,
 * however much happens there. Told on any thread, asked by the session's own.
 */
final class HeardElsewhere {

    private final Map<ByteString, Long> mailboxes = new HashMap<>();
    private static final int MOST_ANNOTATIONS = 1000;

    private final Map<ByteString, Set<String>> annotations = new HashMap<>();
    private Set<ByteString> ofOthers = Set.of();
    private boolean listening;
    private boolean anything;

    /**
     * What is to be looked at.
     *
     * @param modseqs     that mailboxes have reached
     * @param annotations names of those that changed; without a mailbox they are the account's
     * @param anything    names changed, or news may have been missed
     */
    record Wanted(Map<ByteString, Long> modseqs, Map<ByteString, Set<String>> annotations, boolean anything) {}

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
        annotations.clear();
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

    /** Whether this is news; more than so many names together are not kept, nor told. */
    synchronized boolean annotated(ByteString mailboxId, Collection<String> entries) {
        boolean room = annotations.values().stream().mapToInt(Set::size).sum() + entries.size() <= MOST_ANNOTATIONS;
        if (listening && room) {
            annotations.computeIfAbsent(mailboxId, id -> new TreeSet<>()).addAll(entries);
        }
        return listening && room;
    }

    /** The same of another account's mailbox: what it wrote privately is for itself only (RFC 5464 §3). */
    synchronized boolean annotatedByOther(ByteString mailboxId, Collection<String> entries) {
        List<String> shared = entries.stream().filter(entry -> entry.startsWith("/shared/")).toList();
        return ofOthers.contains(mailboxId) && !shared.isEmpty() && annotated(mailboxId, shared);
    }

    /** Something that only all of it can tell. */
    synchronized void anything() {
        anything = listening;
    }

    /** Whether there is something to look at. */
    synchronized boolean isNews() {
        return anything || !mailboxes.isEmpty() || !annotations.isEmpty();
    }

    /** What there is; nothing is left here. */
    synchronized Wanted take() {
        Wanted wanted = new Wanted(Map.copyOf(mailboxes), Map.copyOf(annotations), anything);
        forget();
        return wanted;
    }

    /** It could not be looked at: it stays. */
    synchronized void putBack(Wanted wanted) {
        wanted.modseqs().forEach(this::committed);
        wanted.annotations().forEach(this::annotated);
        anything |= wanted.anything();
    }
}
