package org.postel.imap.command;

import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** {@code uid-set} of RFC 4315 §4, ascending. */
final class UidSets {

    private UidSets() {
    }

    static String wire(RoaringBitmap uids) {
        StringBuilder wire = new StringBuilder();
        PeekableIntIterator each = uids.getIntIterator();
        while (each.hasNext()) {
            int first = each.next();
            int last = first;
            while (each.hasNext() && each.peekNext() == last + 1) {
                last = each.next();
            }
            wire.append(wire.isEmpty() ? "" : ",").append(Integer.toUnsignedString(first));
            if (last != first) {
                wire.append(':').append(Integer.toUnsignedString(last));
            }
        }
        return wire.toString();
    }
}
