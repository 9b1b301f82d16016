package org.postel.mailbox.search;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.postel.mailbox.api.UidSet;
import org.postel.mailbox.api.v1.SearchChunk;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * What one search tells its reader: what it found, and, while it finds nothing, that it goes on. So the reader need not take a
 * long search for a dead one and ask another pod; and a search whose reader is gone ends, because telling it fails.
 */
final class Progress {

    private final Consumer<SearchChunk> to;
    private final long every;
    private final long deadline;
    private final LongSupplier nanoTime;
    private final int lookedFor;
    private int lookedAt;
    private long told;
    private volatile boolean ended;

    /**
     * @param every     how long it may be silent
     * @param lookedFor messages that are to be looked at
     */
    Progress(Consumer<SearchChunk> to, Duration every, Duration most, int lookedFor, LongSupplier nanoTime) {
        this.to = to;
        this.every = every.toNanos();
        this.deadline = nanoTime.getAsLong() + most.toNanos();
        this.lookedFor = lookedFor;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** Some messages match, or none of some. */
    void tell(RoaringBitmap found) {
        to.accept(SearchChunk.newBuilder().setUids(UidSet.toBytes(found)).setLookedAt(lookedAt).setLookedFor(lookedFor).build());
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
