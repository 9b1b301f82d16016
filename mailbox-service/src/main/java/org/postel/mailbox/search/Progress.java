package org.postel.mailbox.search;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.postel.mailbox.storage.StoreException;
import org.postel.mailbox.storage.StoreException.Problem;
import org.roaringbitmap.RoaringBitmap;

/**
 * What one search tells its reader: what it found, and, while it finds nothing, that it goes on. So the reader need not take a
 * long search for a dead one and ask another pod; and a search whose reader is gone ends, because telling it fails.
 */
final class Progress {

    private final Consumer<RoaringBitmap> to;
    private final long every;
    private final long deadline;
    private final LongSupplier nanoTime;
    private long told;

    /** @param every how long it may be silent */
    Progress(Consumer<RoaringBitmap> to, Duration every, Duration most, LongSupplier nanoTime) {
        this.to = to;
        this.every = every.toNanos();
        this.deadline = nanoTime.getAsLong() + most.toNanos();
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong();
    }

    /** Some messages match, or none of some. */
    void tell(RoaringBitmap found) {
        to.accept(found);
        told = nanoTime.getAsLong();
    }

    /**
     * Another message is about to be looked at.
     *
     * @throws StoreException LIMIT when the search took too long
     */
    void step() {
        long now = nanoTime.getAsLong();
        if (now - deadline > 0) {
            throw new StoreException(Problem.LIMIT, "the search took too long");
        }
        if (now - told >= every) {
            tell(new RoaringBitmap());
        }
    }
}
