package org.postel.imap.command;

import java.io.IOException;
import org.postel.imap.session.MailboxView;
import org.postel.imap.session.ResponseSink;
import org.postel.imap.syntax.ResponseBuffer;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Writes messages of an ESEARCH response as {@code sequence-set}, by number or UID; in pieces, however many there are. */
final class ResultSets {

    private static final int PIECE = 16 << 10;

    private final ResponseBuffer out;
    private final ResponseSink sink;
    private final MailboxView view;
    private final boolean uid;

    ResultSets(ResponseBuffer out, ResponseSink sink, MailboxView view, boolean uid) {
        this.out = out;
        this.sink = sink;
        this.view = view;
        this.uid = uid;
    }

    long number(int message) {
        return uid ? Integer.toUnsignedLong(message) : view.numberOf(message);
    }

    /** {@code sequence-set / "NIL"}. */
    void set(RoaringBitmap messages) throws IOException {
        if (messages.isEmpty()) {
            out.nil();
            return;
        }
        PeekableIntIterator each = (uid ? messages : numbers(messages)).getIntIterator();
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
    void list(int[] sorted, int from, int to) throws IOException {
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
            sink.accept(out.take());
        }
    }

    private RoaringBitmap numbers(RoaringBitmap messages) {
        RoaringBitmap numbers = new RoaringBitmap();
        for (IntIterator each = messages.getIntIterator(); each.hasNext();) {
            numbers.add(view.numberOf(each.next()));
        }
        return numbers;
    }
}
