package org.postel.mailbox.admin;

import org.postel.mailbox.transit.QueueException;

/** Parts of a request about queued mail. */
final class Asked {

    static final String LIMIT = "100";
    private static final int MOST = 1000;

    private Asked() {}

    static int limit(int limit) throws QueueException {
        if (limit < 1 || limit > MOST) {
            throw new QueueException(QueueException.Fault.INVALID, "the limit is from 1 to " + MOST);
        }
        return limit;
    }
}
