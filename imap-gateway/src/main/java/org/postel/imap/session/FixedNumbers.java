package org.postel.imap.session;

import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

/**
 * What message numbers and {@code $} stood for at a moment (RFC 5267 §4.3), in however many sets. Two octets of memory for each
 * message at most, and hardly any where UIDs have no gaps; the same again for {@code $}.
 *
 * @param uids  of all messages then; not to be changed
 * @param saved what {@code $} stood for; not to be changed
 */
public record FixedNumbers(RoaringBitmap uids, RoaringBitmap saved) {

    public FixedNumbers {
        uids = compact(uids);
        saved = compact(saved);
    }

    private static RoaringBitmap compact(RoaringBitmap uids) {
        RoaringBitmap compact = uids.clone();
        compact.runOptimize();
        compact.trim();
        return compact;
    }

    /** The UIDs of messages that a set stands for, whether they are still there or not; the caller owns the set. */
    RoaringBitmap resolve(SequenceSet set) {
        return set.saved() ? saved.clone() : new MessageNumbers(uids).byNumber(set);
    }
}
