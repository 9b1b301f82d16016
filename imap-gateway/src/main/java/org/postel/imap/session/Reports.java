package org.postel.imap.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
        List<String> items = new ArrayList<>();
        if (named.uid() && named.dialect().numbers()) {
            items.add("UID " + Integer.toUnsignedString(uid));
        }
        if (named.modseq()) {
            items.add("MODSEQ (" + view.modseqOf(uid) + ")");
        }
        if (changed.contains(uid)) {
            items.add("FLAGS (" + String.join(" ", view.flagsOf(uid)) + ")");
        }
        buffer.raw("* ").number(named.dialect().numbers() ? view.numberOf(uid) : Integer.toUnsignedLong(uid))
                .raw(named.dialect().numbers() ? " FETCH (" : " UIDFETCH (").raw(String.join(" ", items));
        sink.accept(buffer.raw(")").crlf().take());
    }

    private void number(int number, String what) throws IOException {
        sink.accept(buffer.raw("* ").number(number).sp().raw(what).crlf().take());
    }
}
