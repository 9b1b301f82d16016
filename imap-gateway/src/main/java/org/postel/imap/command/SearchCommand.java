package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.session.ViewSearch;
import org.postel.imap.syntax.Charsets;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.api.v1.SearchRequest;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** SEARCH, RFC 3501 §6.4.4 and RFC 7162 §3.1.5. What numbers, flags and MODSEQs alone decide is answered from the view. */
final class SearchCommand {

    private static final int PIECE = 16 << 10;

    private SearchCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Search search) throws IOException, Refused {
        if (search.charset().isPresent() && !Charsets.SEARCHABLE.contains(search.charset().get())) {
            throw new Refused(Completion.no("BADCHARSET (" + String.join(" ", Charsets.SEARCHABLE) + ")", "No such charset here"));
        }
        MailboxView view = conversation.selected().view();
        RoaringBitmap found = new ViewSearch(view).matches(search.term())
                .orElseGet(() -> ask(conversation, view, search));
        found.and(view.uids());
        answer(conversation, view, found, search);
        return new Step(conversation.state(), Completion.ok("SEARCH completed"));
    }

    private static RoaringBitmap ask(Conversation conversation, MailboxView view, ImapCommand.Search search) {
        SearchRequest request = SearchRequest.newBuilder()
                .setMailboxId(view.mailboxId())
                .setWithinUids(UidSet.toBytes(view.uids()))
                .setKey(new SearchKeys(view).key(search.term()))
                .build();
        RoaringBitmap found = new RoaringBitmap();
        try (Mail.Stream<SearchChunk> chunks = conversation.mail().search(request)) {
            chunks.forEachRemaining(chunk -> found.or(UidSet.parse(chunk.getUids())));
        }
        return found;
    }

    private static void answer(Conversation conversation, MailboxView view, RoaringBitmap found, ImapCommand.Search search)
            throws IOException {
        ResponseBuffer out = new ResponseBuffer().raw("* SEARCH");
        for (IntIterator each = found.getIntIterator(); each.hasNext();) {
            int next = each.next();
            out.sp().number(search.uid() ? Integer.toUnsignedLong(next) : view.numberOf(next));
            if (out.size() > PIECE) {
                conversation.write(out.take());
            }
        }
        if (search.term().mentionsModSeq() && !found.isEmpty()) {
            // RFC 7162 §3.1.6.
            out.raw(" (MODSEQ ").number(highest(view, found)).raw(")");
        }
        conversation.write(out.crlf().take());
    }

    private static long highest(MailboxView view, RoaringBitmap found) {
        return found.stream().mapToLong(view::modseqOf).max().orElseThrow();
    }
}
