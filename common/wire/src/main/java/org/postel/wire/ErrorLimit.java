package org.postel.wire;

/** How many mistakes a client may make before the connection ends. Used by the connection's thread. */
public final class ErrorLimit {

    private final int most;
    private int count;

    public ErrorLimit(int most) {
        this.most = most;
    }

    /** Counts a mistake; true when it was one too many. */
    public boolean exceeded() {
        count++;
        return count > most;
    }
}
