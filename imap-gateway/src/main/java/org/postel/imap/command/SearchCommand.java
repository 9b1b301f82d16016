package org.postel.imap.command;

import java.io.IOException;
import java.util.Optional;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.Step;
import org.postel.imap.syntax.Completion;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.ReturnOptions;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** SEARCH, RFC 3501 §6.4.4, RFC 7162 §3.1.5 and, with RETURN, RFC 4731 and RFC 5267 §4. */
final class SearchCommand {

    private static final int PIECE = 16 << 10;

    private SearchCommand() {
    }

    static Step run(Conversation conversation, ImapCommand.Search search) throws IOException, Refused {
        MailboxView view = conversation.selected().view();
        MessageLimit limit = new MessageLimit(conversation);
        RoaringBitmap found = Finder.found(conversation, search, limit);
        // RFC 9051 §6.4.4: IMAP4rev2 has no untagged SEARCH.
        Optional<ReturnOptions> returns = search.returns().or(() -> Optional.of(ReturnOptions.ALL).filter(_ -> conversation.dialect().rev2()));
        if (returns.isPresent()) {
            tell(conversation, search, new Results(found, returns.get()));
        } else {
            answer(conversation, view, found, search);
        }
        if (!limit.exceeded()) {
            conversation.contexts().keep(search, correlator(conversation, search), view, found);
        } else if (search.asks(ReturnOptions.Option.UPDATE)) {
            conversation.contexts().refuse();
        }
        return new Step(conversation.state(), limit.told(Completion.ok("SEARCH completed")));
    }

    private static void tell(Conversation conversation, ImapCommand.Search search, Results results) throws IOException {
        MailboxView view = conversation.selected().view();
        RoaringBitmap concerned = results.concerned();
        if (results.returns().asks(ReturnOptions.Option.SAVE)) {
            view.save(concerned);
        }
        if (results.returns().tells()) {
            new ExtendedAnswer(conversation, search, correlator(conversation, search), view).write(results, concerned);
        }
    }

    private static Correlator correlator(Conversation conversation, ImapCommand.Search search) {
        return new Correlator(conversation.tag(), search.uid());
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
            out.raw(" (MODSEQ ").number(Finder.highestModseq(view, found)).raw(")");
        }
        conversation.write(out.crlf().take());
    }
}
