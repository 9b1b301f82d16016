package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.Charsets;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ReturnOptions;
import org.postel.imap.syntax.SearchTerm;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.roaringbitmap.RoaringBitmap;

/** Finds the messages of a mailbox that match a search. What numbers, flags and MODSEQs decide is answered from the view. */
final class Finder {

    private Finder() {
    }

    /** Is told how far a search is; the goal is 0 when it is not known. */
    @FunctionalInterface
    interface Progress {

        void at(int done, int goal) throws IOException;
    }

    /** The UIDs in the selected mailbox, of messages the client knows; the caller owns the set. */
    static RoaringBitmap found(Conversation conversation, ImapCommand.Finding search, MessageLimit limit) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        conversation.contexts().check(search);
        try {
            check(search);
            ViewSearch known = new ViewSearch(view);
            return matching(conversation, view, known, search.term(), among(search, known, limit), InProgress.of(conversation)::at);
        } catch (Refused | MailboxServiceException e) {
            if (search.asks(ReturnOptions.Option.SAVE)) {
                // RFC 5182 §2.1: a search that fails with NO leaves nothing saved.
                view.save(new RoaringBitmap());
            }
            throw e;
        }
    }

    /** Which messages are looked at: of more than a limit SEARCH looks at some, and what needs all of them is refused (RFC 9738 §3.3). */
    static RoaringBitmap among(ImapCommand.Finding search, ViewSearch known, MessageLimit limit) throws Refused {
        RoaringBitmap named = known.named(search.term());
        if (search instanceof ImapCommand.Search) {
            return limit.cut(named);
        }
        limit.check(named.getCardinality());
        return named;
    }

    static void check(ImapCommand.Finding search) throws Refused {
        if (search.charset().isPresent() && !Charsets.SEARCHABLE.contains(search.charset().get())) {
            throw new Refused(Completion.no("BADCHARSET (" + String.join(" ", Charsets.SEARCHABLE) + ")", "No such charset here"));
        }
    }

    /**
     * Those of some messages that match; the caller owns the set.
     *
     * @param known answers what the view knows
     * @param among of the view
     */
    static RoaringBitmap matching(Conversation conversation, MailboxView view, ViewSearch known, SearchTerm term, RoaringBitmap among,
            Progress progress) throws IOException {
        Optional<RoaringBitmap> answer = known.matches(term);
        RoaringBitmap found = answer.isPresent() ? answer.get() : ask(conversation, view, known, term, among, progress);
        found.and(among);
        return found;
    }

    private static RoaringBitmap ask(Conversation conversation, MailboxView view, ViewSearch known, SearchTerm term, RoaringBitmap among,
            Progress progress) throws IOException {
        SearchRequest request = SearchRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setWithinUids(UidSet.toBytes(among))
                .setKey(new SearchKeys(view, known).key(term))
                .build();
        RoaringBitmap found = new RoaringBitmap();
        try (Mail.Stream<SearchChunk> chunks = conversation.mail().search(request)) {
            while (chunks.hasNext()) {
                SearchChunk chunk = chunks.next();
                found.or(UidSet.parse(chunk.getUids()));
                progress.at(chunk.getLookedAt(), chunk.getLookedFor());
            }
        }
        return found;
    }

    /** The highest MODSEQ of some messages, at least one. */
    static long highestModseq(MailboxView view, RoaringBitmap uids) {
        return uids.stream().mapToLong(view::modseqOf).max().orElseThrow();
    }
}
