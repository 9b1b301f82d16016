package org.postel.mailbox.store;

/**
 * How many commits of deliveries are under way at once. Few are right while waiting lets deliveries gather, because then each
 * commit carries several; where each mailbox gets one message only, waiting gains nothing and more are right.
 */
final class CommitPace {

    /** Deliveries in a commit: under {@link #FEW} on average waiting gains too little, over {@link #MANY} more than enough. */
    private static final double FEW = 2;
    private static final double MANY = 3;
    /** Weight of one commit in the average. */
    private static final double SMOOTHING = 0.1;

    private final int least;
    private final int most;
    private int slots;
    private double average = MANY;
    private int since;

    /** Begins with the least. */
    CommitPace(int least, int most) {
        if (least < 1 || most < least) {
            throw new IllegalArgumentException("at least one commit at once, and not more than the most: " + least + " to " + most);
        }
        this.least = least;
        this.most = most;
        this.slots = least;
    }

    int slots() {
        return slots;
    }

    /**
     * A commit is done for which others waited.
     *
     * @param gathered deliveries it carried
     */
    void carried(int gathered) {
        average += SMOOTHING * (gathered - average);
        // One change for each set of commits, so that the next is judged by what this one did.
        if (++since >= slots) {
            since = 0;
            int wanted = average < FEW ? slots + 1 : average > MANY ? slots - 1 : slots;
            slots = Math.clamp(wanted, least, most);
        }
    }
}
