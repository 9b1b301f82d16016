package org.postel.imap.session;

import java.io.IOException;
import org.postel.imap.syntax.ResponseBuffer;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** {@code "VANISHED" [SP "(EARLIER)"] SP known-uids} of RFC 7162 §3.2.10, in as many responses as keep each line short. */
public final class VanishedResponses {

    /** Octets: about what RFC 7162 §4 has clients keep to, who may send such a set back. */
    private static final int LINE = 8000;

    private VanishedResponses() {
    }

    /** Nothing for no UIDs. */
    public static void write(ResponseSink sink, boolean earlier, RoaringBitmap uids) throws IOException {
        ResponseBuffer out = new ResponseBuffer();
        PeekableIntIterator each = uids.getIntIterator();
        while (each.hasNext()) {
            out.raw(out.size() > 0 ? "," : earlier ? "* VANISHED (EARLIER) " : "* VANISHED ");
            range(out, each);
            if (out.size() > LINE || !each.hasNext()) {
                sink.accept(out.crlf().take());
            }
        }
    }

    /** The next UID and those that follow it without a gap. */
    private static void range(ResponseBuffer out, PeekableIntIterator each) {
        int first = each.next();
        int last = first;
        while (each.hasNext() && each.peekNext() == last + 1) {
            last = each.next();
        }
        out.number(Integer.toUnsignedLong(first));
        if (last != first) {
            out.raw(":").number(Integer.toUnsignedLong(last));
        }
    }
}
