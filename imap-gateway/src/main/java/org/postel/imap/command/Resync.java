package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.Extension;
import org.postel.imap.session.FetchNames;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Missed;
import org.postel.imap.session.VanishedResponses;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.QuickResync;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.VanishedChunk;
import org.postel.mailbox.api.v1.VanishedRequest;
import org.roaringbitmap.RoaringBitmap;

/** Tells a client that was away what changed meanwhile: RFC 7162 §3.2.5 and §3.2.6. */
final class Resync {

    private final Conversation conversation;
    private final MailboxView view;

    Resync(Conversation conversation, MailboxView view) {
        this.conversation = conversation;
        this.view = view;
    }

    /** What is to be told after the mailbox was described. */
    record Answer(RoaringBitmap gone, RoaringBitmap changed) {

        private static final Answer NOTHING = new Answer(new RoaringBitmap(), new RoaringBitmap());
    }

    /** Asks before anything is told, so that a store that fails does not leave half an answer behind. */
    Answer ask(QuickResync known) {
        boolean same = known.uidValidity() == Integer.toUnsignedLong(view.state().header().getUidValidity());
        if (!same || known.modseq() == view.state().modseq()) {
            return Answer.NOTHING;
        }
        Missed missed = new Missed(view);
        RoaringBitmap asked = known.knownUids().map(missed::given).orElseGet(missed::given);
        RoaringBitmap changed = view.changedSince(known.modseq());
        changed.and(asked);
        known.match().ifPresent(match -> missed.leaveOut(asked, match));
        return new Answer(missed.gone(asked, expunged(known.modseq())), changed);
    }

    /** To a client that turned QRESYNC on: flags come with UID and MODSEQ. */
    void tell(Answer answer) throws IOException {
        VanishedResponses.write(conversation::write, true, answer.gone);
        view.tell(conversation::write, answer.changed, new FetchNames(true, true, conversation.dialect()));
    }

    /** What left of the UIDs that FETCH names, before any answer to it. */
    void vanished(ImapCommand.Fetch fetch) throws IOException {
        long since = fetch.modifiers().changedSince().orElseThrow();
        if (since < view.state().modseq()) {
            Missed missed = new Missed(view);
            VanishedResponses.write(conversation::write, true, missed.gone(missed.given(fetch.set()), expunged(since)));
        }
    }

    /** OK after messages were expunged: with what the mailbox has reached, for who keeps it (RFC 7162 §3.2.7). */
    static Completion reached(Conversation conversation, String text) {
        return conversation.enabled().contains(Extension.QRESYNC)
                ? Completion.ok("HIGHESTMODSEQ " + conversation.selected().view().reached(), text)
                : Completion.ok(text);
    }

    /** What left since a MODSEQ; empty when the log does not reach back so far. */
    private Optional<RoaringBitmap> expunged(long since) {
        VanishedRequest request = VanishedRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setUidValidity(view.state().header().getUidValidity())
                .setSinceModseq(since)
                .setToModseq(view.state().modseq())
                .build();
        RoaringBitmap expunged = new RoaringBitmap();
        try (Mail.Stream<VanishedChunk> chunks = conversation.mail().vanished(request)) {
            while (chunks.hasNext()) {
                VanishedChunk chunk = chunks.next();
                if (chunk.getOutOfReach()) {
                    return Optional.empty();
                }
                expunged.or(UidSet.parse(chunk.getUids()));
            }
        }
        return Optional.of(expunged);
    }
}
