package org.postel.clients;

/** How often something happened within the last minute, about: what the minute before is left of counts as if it had been spread evenly. */
final class LastMinute {

    private static final long MINUTE = 60_000_000_000L;

    private long begun;
    private int before;
    private int now;

    LastMinute(long nanoTime) {
        this.begun = nanoTime;
    }

    synchronized void add(long nanoTime) {
        turn(nanoTime);
        now++;
    }

    synchronized int count(long nanoTime) {
        turn(nanoTime);
        return now + (int) (before * (MINUTE - (nanoTime - begun)) / MINUTE);
    }

    private void turn(long nanoTime) {
        long minutes = (nanoTime - begun) / MINUTE;
        if (minutes > 0) {
            before = minutes == 1 ? now : 0;
            now = 0;
            begun += minutes * MINUTE;
        }
    }
}
