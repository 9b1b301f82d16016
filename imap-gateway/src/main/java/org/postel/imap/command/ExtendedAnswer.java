package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.Page;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.roaringbitmap.RoaringBitmap;

/** {@code esearch-response} of RFC 4731 §3.1: what was found, as far as it was asked for. */
final class ExtendedAnswer {

    private final Conversation conversation;
    private final ImapCommand.Finding search;
    private final Correlator correlator;
    private final MailboxView view;
    private final ResponseBuffer out;
    private final ResultSets sets;

    /** @param view of the mailbox that was searched */
    ExtendedAnswer(Conversation conversation, ImapCommand.Finding search, Correlator correlator, MailboxView view) {
        this.conversation = conversation;
        this.search = search;
        this.correlator = correlator;
        this.view = view;
        this.out = conversation.response();
        this.sets = new ResultSets(out, conversation::write, view, correlator.uid());
    }

    /** @param concerned by what is told, for MODSEQ: RFC 4731 §3.2 */
    void write(Results results, RoaringBitmap concerned) throws IOException {
        correlator.begin(out, view);
        results.min().ifPresent(uid -> out.raw(" MIN ").number(sets.number(uid)));
        results.max().ifPresent(uid -> out.raw(" MAX ").number(sets.number(uid)));
        if (results.returns().asks(Option.COUNT)) {
            out.raw(" COUNT ").number(results.found().getCardinality());
        }
        if (results.returns().asks(Option.ALL) && !results.found().isEmpty()) {
            out.raw(" ALL ");
            sets.set(results.found());
        }
        if (results.returns().partial().isPresent()) {
            Page page = results.returns().partial().get();
            out.raw(" PARTIAL (" + page.wire()).sp();
            sets.set(Results.page(results.found(), page));
            out.raw(")");
        }
        end(concerned);
    }

    /**
     * What was sorted, in its order: RFC 5267 §3.1.
     *
     * @param sorted UIDs
     */
    void write(Results results, int[] sorted, RoaringBitmap concerned) throws IOException {
        correlator.begin(out, view);
        if (sorted.length > 0) {
            if (results.returns().asks(Option.MIN)) {
                out.raw(" MIN ").number(sets.number(sorted[0]));
            }
            if (results.returns().asks(Option.MAX)) {
                out.raw(" MAX ").number(sets.number(sorted[sorted.length - 1]));
            }
        }
        if (results.returns().asks(Option.COUNT)) {
            out.raw(" COUNT ").number(sorted.length);
        }
        if (results.returns().asks(Option.ALL) && sorted.length > 0) {
            out.raw(" ALL ");
            sets.list(sorted, 0, sorted.length);
        }
        if (results.returns().partial().isPresent()) {
            Page page = results.returns().partial().get();
            out.raw(" PARTIAL (" + page.wire()).sp();
            sets.list(sorted, page.from(sorted.length), page.to(sorted.length));
            out.raw(")");
        }
        end(concerned);
    }

    private void end(RoaringBitmap concerned) throws IOException {
        if (search.term().mentionsModSeq() && !concerned.isEmpty()) {
            out.raw(" MODSEQ ").number(Finder.highestModseq(view, concerned));
        }
        conversation.write(out.crlf().take());
    }
}
