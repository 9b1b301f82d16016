package org.postel.imap.command;

import com.google.protobuf.ByteString;
import org.postel.tracing.Span;

/**
 * What a session heard of the mailbox it has selected and has not read yet. What it knows already is no news: its own
 * changes come back as events too. Told on any thread, asked by the session's own.
 */
final class Heard {

    private ByteString mailbox = ByteString.EMPTY;
    private long known;
    private long modseq;
    private boolean anything;
    /** What told of it last. */
    private Span told = Span.NONE;

    /** From here on it is this mailbox's news that counts; nothing of it is known yet. */
    synchronized void follow(ByteString mailboxId) {
        mailbox = mailboxId;
        known = 0;
        modseq = 0;
        anything = false;
        told = Span.NONE;
    }

    /** The session's view has reached this MODSEQ. */
    synchronized void known(long reached) {
        known = reached;
    }

    /** Whether this is news. */
    synchronized boolean committed(ByteString mailboxId, long to) {
        if (!mailbox.equals(mailboxId) || to <= known) {
            return false;
        }
        modseq = Math.max(modseq, to);
        told = Span.current();
        return true;
    }

    /** Something that only the newest state can tell. */
    synchronized void anything() {
        anything = true;
    }

    /** Whether there is something to read. */
    synchronized boolean isNews() {
        return anything || modseq > known;
    }

    /** The span that told of the news; none once it is read. */
    synchronized Span told() {
        return told;
    }

    /** What is to be read; nothing is left here. */
    synchronized Wanted take() {
        Wanted wanted = new Wanted(anything, modseq);
        anything = false;
        modseq = 0;
        told = Span.NONE;
        return wanted;
    }

    /**
     * How new an answer must be.
     *
     * @param newest as new as there is
     * @param modseq that it reaches
     */
    record Wanted(boolean newest, long modseq) {}
}
