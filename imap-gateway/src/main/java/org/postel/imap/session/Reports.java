package org.postel.imap.session;

import java.io.IOException;
import org.postel.imap.syntax.ResponseBuffer;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The untagged responses that carry changes of a mailbox: RFC 3501 §7.3 and §7.4. */
final class Reports {

    private final MailboxView view;
    private final ResponseSink sink;
    private final ResponseBuffer buffer = new ResponseBuffer();

    Reports(MailboxView view, ResponseSink sink) {
        this.view = view;
        this.sink = sink;
    }

    /** In ascending order; each shifts the numbers of those after it (RFC 3501 §7.4.1). */
    void expunges(RoaringBitmap gone) throws IOException {
        int before = 0;
        for (IntIterator each = gone.getIntIterator(); each.hasNext(); before++) {
            number(view.numberOf(each.next()) - before, "EXPUNGE");
        }
        view.forget(gone);
    }

    void arrivals(int messages, int recent) throws IOException {
        number(messages, "EXISTS");
        number(recent, "RECENT");
    }

    void flagNames(boolean grown) throws IOException {
        if (grown) {
            sink.accept(buffer.raw("* FLAGS ").flags(view.flags()).crlf().take());
        }
    }

    void flags(RoaringBitmap uids, boolean withUid) throws IOException {
        for (IntIterator each = uids.getIntIterator(); each.hasNext();) {
            int uid = each.next();
            buffer.raw("* ").number(view.numberOf(uid)).raw(" FETCH (");
            if (withUid) {
                buffer.raw("UID ").number(Integer.toUnsignedLong(uid)).sp();
            }
            sink.accept(buffer.raw("FLAGS ").flags(view.flagsOf(uid)).raw(")").crlf().take());
        }
    }

    private void number(int number, String what) throws IOException {
        sink.accept(buffer.raw("* ").number(number).sp().raw(what).crlf().take());
    }
}
