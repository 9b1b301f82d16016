package org.postel.mailbox.search;

import java.util.function.LongSupplier;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * What one search tells its reader: what it found, and, while it finds nothing, that it goes on. So the reader need not take a
 * long search for a dead one and ask another pod; and a search whose reader is gone ends, because telling it fails.
 */
final class Progress {

    private final Telling to;
    private final long every;
    private final long deadline;
    private final LongSupplier nanoTime;
    private final int lookedFor;
    private int lookedAt;
    private long told;
    private volatile boolean ended;

    /** Hands on what was found, and how far the search is. */
    @FunctionalInterface
    interface Telling {

        void tell(RoaringBitmap found, int lookedAt, int lookedFor);
    }

    /** @param lookedFor messages that are to be looked at */
    Progress(Telling to, SearchTimes times, int lookedFor, LongSupplier nanoTime) {
        this.to = to;
        this.every = times.silence().toNanos();
        this.deadline = nanoTime.getAsLong() + times.most().toNanos();
        this.lookedFor = lookedFor;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** Some messages match, or none of some. */
    void tell(RoaringBitmap found) {
        to.tell(found, lookedAt, lookedFor);
        told = nanoTime.getAsLong();
    }

    /** So many more were looked at. */
    void lookedAt(int messages) {
        lookedAt += messages;
    }

    /**
     * Another message is about to be looked at, or is being looked at still.
     *
     * @throws StoreException LIMIT when the search took too long
     */
    void step() {
        mayGoOn();
        if (nanoTime.getAsLong() - told >= every) {
            tell(new RoaringBitmap());
        }
    }

    /**
     * For those that look at messages on threads of their own.
     *
     * @throws StoreException LIMIT when the search took too long, or is over
     */
    void mayGoOn() {
        if (ended || nanoTime.getAsLong() - deadline > 0) {
            throw new StoreException(Problem.LIMIT, "the search took too long");
        }
    }

    /** The search is over, however it ended: nobody is to work for it any more. */
    void end() {
        ended = true;
    }
}
