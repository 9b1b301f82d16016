package org.postel.imap.session;

import java.util.Optional;
import org.postel.imap.syntax.SequenceMatch;
import org.postel.imap.syntax.SequenceSet;
import org.roaringbitmap.RoaringBitmap;

/** The expunges that a client missed while it was away: RFC 7162 §3.2.5 and §3.2.6. */
public final class Missed {

    private final MailboxView view;

    /** @param view just selected, or as new as what is asked about */
    public Missed(MailboxView view) {
        this.view = view;
    }

    /** Every UID that was ever given and that {@code uids} names: {@code *} is the highest one given. */
    public RoaringBitmap given(SequenceSet uids) {
        long highest = highestGiven();
        RoaringBitmap given = new RoaringBitmap();
        for (SequenceSet.Range range : uids.resolve(highest).ranges()) {
            if (range.from() <= highest) {
                given.add(range.from(), Math.min(range.to(), highest) + 1);
            }
        }
        return given;
    }

    /** RFC 7162 §3.2.5.1: a client that names no UIDs means {@code 1:<maxuid>}. */
    public RoaringBitmap given() {
        RoaringBitmap given = new RoaringBitmap();
        given.add(1L, highestGiven() + 1);
        return given;
    }

    private long highestGiven() {
        return Integer.toUnsignedLong(view.state().header().getUidNext()) - 1;
    }

    /** What the client is known to be right about is not asked about (RFC 7162 §3.2.5.2). */
    public void leaveOut(RoaringBitmap asked, SequenceMatch match) {
        RoaringBitmap uids = view.uids();
        asked.remove(0L, match.rightUpTo(uids.getLongCardinality(), number -> Integer.toUnsignedLong(uids.select((int) number - 1))) + 1);
    }

    /**
     * Those of {@code asked} that are gone.
     *
     * @param expunged what left since the client was last here; empty when that is not known any more: then whatever is not
     *                 there counts as gone (RFC 7162 §3.2.6)
     */
    public RoaringBitmap gone(RoaringBitmap asked, Optional<RoaringBitmap> expunged) {
        RoaringBitmap gone = expunged.map(uids -> RoaringBitmap.and(asked, uids)).orElseGet(asked::clone);
        // Of what the client has a number for it is told by VANISHED without EARLIER.
        gone.andNot(view.uids());
        gone.andNot(view.state().uids());
        return gone;
    }
}
