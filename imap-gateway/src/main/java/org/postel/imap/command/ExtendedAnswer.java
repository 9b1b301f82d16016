package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.syntax.ImapCommand;
import org.postel.imap.syntax.Page;
import org.postel.imap.syntax.ResponseBuffer;
import org.postel.imap.syntax.ReturnOptions.Option;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** {@code esearch-response} of RFC 4731 §3.1: what was found, as far as it was asked for. */
final class ExtendedAnswer {

    private static final int PIECE = 16 << 10;

    private final Conversation conversation;
    private final ImapCommand.Finding search;
    private final MailboxView view;
    private final ResponseBuffer out = new ResponseBuffer();

    ExtendedAnswer(Conversation conversation, ImapCommand.Finding search) {
        this.conversation = conversation;
        this.search = search;
        this.view = conversation.selected().view();
    }

    /** @param concerned by what is told, for MODSEQ: RFC 4731 §3.2 */
    void write(Results results, RoaringBitmap concerned) throws IOException {
        begin();
        results.min().ifPresent(uid -> out.raw(" MIN ").number(number(uid)));
        results.max().ifPresent(uid -> out.raw(" MAX ").number(number(uid)));
        if (results.returns().asks(Option.COUNT)) {
            out.raw(" COUNT ").number(results.found().getCardinality());
        }
        if (results.returns().asks(Option.ALL) && !results.found().isEmpty()) {
            out.raw(" ALL ");
            set(results.found());
        }
        if (results.returns().partial().isPresent()) {
            Page page = results.returns().partial().get();
            out.raw(" PARTIAL (" + page.wire()).sp();
            set(Results.page(results.found(), page));
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
        begin();
        if (sorted.length > 0) {
            if (results.returns().asks(Option.MIN)) {
                out.raw(" MIN ").number(number(sorted[0]));
            }
            if (results.returns().asks(Option.MAX)) {
                out.raw(" MAX ").number(number(sorted[sorted.length - 1]));
            }
        }
        if (results.returns().asks(Option.COUNT)) {
            out.raw(" COUNT ").number(sorted.length);
        }
        if (results.returns().asks(Option.ALL) && sorted.length > 0) {
            out.raw(" ALL ");
            list(sorted, 0, sorted.length);
        }
        if (results.returns().partial().isPresent()) {
            Page page = results.returns().partial().get();
            out.raw(" PARTIAL (" + page.wire()).sp();
            list(sorted, page.from(sorted.length), page.to(sorted.length));
            out.raw(")");
        }
        end(concerned);
    }

    private void begin() {
        out.raw("* ESEARCH (TAG ").string(conversation.tag()).raw(search.uid() ? ") UID" : ")");
    }

    private void end(RoaringBitmap concerned) throws IOException {
        if (search.term().mentionsModSeq() && !concerned.isEmpty()) {
            out.raw(" MODSEQ ").number(Finder.highestModseq(view, concerned));
        }
        conversation.write(out.crlf().take());
    }

    private long number(int uid) {
        return search.uid() ? Integer.toUnsignedLong(uid) : view.numberOf(uid);
    }

    /** {@code sequence-set / "NIL"}. */
    private void set(RoaringBitmap uids) throws IOException {
        if (uids.isEmpty()) {
            out.nil();
            return;
        }
        PeekableIntIterator each = (search.uid() ? uids : numbers(uids)).getIntIterator();
        boolean begun = false;
        while (each.hasNext()) {
            int first = each.next();
            int last = first;
            while (each.hasNext() && each.peekNext() == last + 1) {
                last = each.next();
            }
            range(first, last, begun);
            begun = true;
        }
    }

    /** A set whose order counts: neighbours that ascend are a range. */
    private void list(int[] sorted, int from, int to) throws IOException {
        if (from >= to) {
            out.nil();
            return;
        }
        int at = from;
        while (at < to) {
            int first = (int) number(sorted[at]);
            int last = first;
            boolean begun = at++ > from;
            while (at < to && (int) number(sorted[at]) == last + 1) {
                last++;
                at++;
            }
            range(first, last, begun);
        }
    }

    private void range(int first, int last, boolean begun) throws IOException {
        out.raw(begun ? "," : "").number(Integer.toUnsignedLong(first));
        if (last != first) {
            out.raw(":").number(Integer.toUnsignedLong(last));
        }
        if (out.size() > PIECE) {
            conversation.write(out.take());
        }
    }

    private RoaringBitmap numbers(RoaringBitmap uids) {
        RoaringBitmap numbers = new RoaringBitmap();
        for (IntIterator each = uids.getIntIterator(); each.hasNext();) {
            numbers.add(view.numberOf(each.next()));
        }
        return numbers;
    }
}
