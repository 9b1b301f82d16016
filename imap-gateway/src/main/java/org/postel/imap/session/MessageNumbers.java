package org.postel.imap.session;

import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

/** Message numbers and UIDs of the messages a client knows (RFC 3501 §2.3.1). UIDs are unsigned in their {@code int}. */
final class MessageNumbers {

    private final RoaringBitmap uids;

    MessageNumbers(RoaringBitmap uids) {
        this.uids = uids;
    }

    RoaringBitmap uids() {
        return uids;
    }

    int count() {
        return uids.getCardinality();
    }

    /** The message number of a UID that is known. */
    int of(int uid) {
        return uids.rank(uid);
    }

    /** The UIDs of those in {@code set} that are known. */
    RoaringBitmap byUid(SequenceSet set) {
        long highest = uids.isEmpty() ? 0 : Integer.toUnsignedLong(uids.last());
        RoaringBitmap wanted = new RoaringBitmap();
        set.resolve(highest).ranges().forEach(range -> wanted.add(range.from(), range.to() + 1));
        wanted.and(uids);
        return wanted;
    }

    /** The UIDs behind message numbers; numbers past the end are left out. */
    RoaringBitmap byNumber(SequenceSet set) {
        RoaringBitmap wanted = new RoaringBitmap();
        int count = count();
        for (SequenceSet.Range range : set.resolve(count).ranges()) {
            if (range.from() <= count) {
                long first = Integer.toUnsignedLong(uids.select((int) range.from() - 1));
                long last = Integer.toUnsignedLong(uids.select((int) Math.min(range.to(), count) - 1));
                wanted.add(first, last + 1);
            }
        }
        wanted.and(uids);
        return wanted;
    }
}
