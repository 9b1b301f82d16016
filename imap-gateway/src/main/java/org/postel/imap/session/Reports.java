package org.postel.imap.session;

import java.io.IOException;
import org.postel.imap.syntax.ResponseBuffer;
import org.roaringbitmap.IntIterator;
import org.roaringbitmap.RoaringBitmap;

/** The untagged responses that carry changes of a mailbox: RFC 3501 §7.3 and §7.4, RFC 7162 §3.1.4.2 and §3.2.10. */
final class Reports {

    private final MailboxView view;
    private final ResponseSink sink;
    private final FetchNames named;
    private final ResponseBuffer buffer = new ResponseBuffer();

    Reports(MailboxView view, ResponseSink sink, FetchNames named) {
        this.view = view;
        this.sink = sink;
        this.named = named;
    }

    /** In ascending order; each shifts the numbers of those after it (RFC 3501 §7.4.1). */
    void expunges(RoaringBitmap gone) throws IOException {
        if (named.dialect().vanished()) {
            VanishedResponses.write(sink, false, gone);
            view.forget(gone);
            return;
        }
        int before = 0;
        for (IntIterator each = gone.getIntIterator(); each.hasNext(); before++) {
            number(view.numberOf(each.next()) - before, "EXPUNGE");
        }
        view.forget(gone);
    }

    void arrivals(int messages, int recent) throws IOException {
        number(messages, "EXISTS");
        if (!named.dialect().rev2()) {
            number(recent, "RECENT");
        }
    }

    void flagNames(boolean grown) throws IOException {
        if (grown) {
            sink.accept(buffer.raw("* FLAGS ").flags(view.flags()).crlf().take());
        }
    }

    /** @param silent of these the MODSEQ is news, but not the flags */
    void changes(RoaringBitmap changed, RoaringBitmap silent) throws IOException {
        for (IntIterator each = RoaringBitmap.or(changed, silent).getIntIterator(); each.hasNext();) {
            change(each.next(), changed);
        }
    }

    private void change(int uid, RoaringBitmap changed) throws IOException {
        boolean numbers = named.dialect().numbers();
        buffer.raw("* ").number(numbers ? view.numberOf(uid) : Integer.toUnsignedLong(uid)).raw(numbers ? " FETCH (" : " UIDFETCH (");
        int empty = buffer.size();
        if (named.uid() && numbers) {
            buffer.raw("UID ").number(Integer.toUnsignedLong(uid));
        }
        if (named.modseq()) {
            after(empty).raw("MODSEQ (").number(view.modseqOf(uid)).raw(")");
        }
        if (changed.contains(uid)) {
            after(empty).raw("FLAGS ").flags(view.flagsOf(uid));
        }
        sink.accept(buffer.raw(")").crlf().take());
    }

    /** Parts an item from one before it, if there is one. */
    private ResponseBuffer after(int empty) {
        return buffer.size() == empty ? buffer : buffer.sp();
    }

    private void number(int number, String what) throws IOException {
        sink.accept(buffer.raw("* ").number(number).sp().raw(what).crlf().take());
    }
}
