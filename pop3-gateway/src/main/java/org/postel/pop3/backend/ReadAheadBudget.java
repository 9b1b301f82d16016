package org.postel.pop3.backend;

import java.util.concurrent.Semaphore;

/** Memory that all sessions together may fill with messages read ahead; in portions of {@link ReadAhead#MOST_OCTETS}. */
public final class ReadAheadBudget {

    private final Semaphore portions;

    /** @param octets in memory at most */
    public ReadAheadBudget(long octets) {
        portions = new Semaphore((int) Math.min(Integer.MAX_VALUE, octets / ReadAhead.MOST_OCTETS));
    }

    /** Whether there is a portion left; it is to be given back. */
    boolean take() {
        return portions.tryAcquire();
    }

    void giveBack() {
        portions.release();
    }
}
