package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.Charsets;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ReturnOptions;
import org.postel.mailbox.api.MailboxServiceException;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.roaringbitmap.RoaringBitmap;

/** Finds the messages of the selected mailbox that match a search. What numbers, flags and MODSEQs decide is answered from the view. */
final class Finder {

    private Finder() {
    }

    /** Their UIDs, of messages the client knows; the caller owns the set. */
    static RoaringBitmap found(Conversation conversation, ImapCommand.Finding search) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        try {
            check(search);
            Optional<RoaringBitmap> known = new ViewSearch(view).matches(search.term());
            RoaringBitmap found = known.isPresent() ? known.get() : ask(conversation, view, search);
            found.and(view.uids());
            return found;
        } catch (Refused | MailboxServiceException e) {
            if (search.returns().filter(returns -> returns.asks(ReturnOptions.Option.SAVE)).isPresent()) {
                // RFC 5182 §2.1: a search that fails with NO leaves nothing saved.
                view.save(new RoaringBitmap());
            }
            throw e;
        }
    }

    static void check(ImapCommand.Finding search) throws Refused {
        if (search.charset().isPresent() && !Charsets.SEARCHABLE.contains(search.charset().get())) {
            throw new Refused(Completion.no("BADCHARSET (" + String.join(" ", Charsets.SEARCHABLE) + ")", "No such charset here"));
        }
    }

    private static RoaringBitmap ask(Conversation conversation, MailboxView view, ImapCommand.Finding search) throws IOException {
        SearchRequest request = SearchRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setWithinUids(UidSet.toBytes(view.uids()))
                .setKey(new SearchKeys(view).key(search.term()))
                .build();
        RoaringBitmap found = new RoaringBitmap();
        try (Mail.Stream<SearchChunk> chunks = conversation.mail().search(request)) {
            InProgress progress = InProgress.of(conversation);
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
