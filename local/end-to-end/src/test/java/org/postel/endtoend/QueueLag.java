package org.postel.endtoend;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** How much waits in the queues, as the delivery worker tells its monitoring. */
final class QueueLag {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOOKS = 4;
    private static final String DEAD = "\"mail.dead\"";
    private static final String RETRY = "\"mail.retry.";
    /** The lock of a record that nobody finished ends before, and it is in somebody's hands again. */
    private static final Duration LONGER_THAN_A_LOCK = Duration.ofSeconds(45);

    private QueueLag() {
    }

    /**
     * Waits until several readings in a row say that nothing is waiting or worked on. The broker counts what is done of a partition
     * when it writes its state, without a lock, so its last count may be too low until somebody takes from that partition again:
     * a count that stays as it is for longer than a record's lock, while no record is in hand, is no record either.
     */
    static void awaitEmpty(int healthPort, Duration limit) throws IOException {
        awaitEmpty(healthPort, line -> !line.contains(DEAD), limit);
    }

    /** The same for one queue. */
    static void awaitEmpty(int healthPort, String queue, Duration limit) throws IOException {
        awaitEmpty(healthPort, line -> line.contains("\"" + queue + "\""), limit);
    }

    private static void awaitEmpty(int healthPort, Predicate<String> wanted, Duration limit) throws IOException {
        long end = System.nanoTime() + limit.toNanos();
        int empty = 0;
        List<String> lag = List.of();
        long idleSince = System.nanoTime();
        while (empty < LOOKS && System.nanoTime() - idleSince < LONGER_THAN_A_LOCK.toNanos()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("The queues are not empty after " + limit.toSeconds() + " s: " + lag);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            List<String> before = lag;
            lag = Metrics.of(healthPort, "mail_queue_lag").stream().filter(wanted).toList();
            boolean nothing = !lag.isEmpty() && lag.stream().allMatch(line -> line.endsWith(" 0.0"));
            empty = nothing ? empty + 1 : 0;
            boolean busy = Metrics.of(healthPort, "mail_queue_in_hand").stream().anyMatch(line -> !line.endsWith(" 0.0"));
            boolean retries = lag.stream().anyMatch(line -> line.contains(RETRY) && !line.endsWith(" 0.0"));
            if (busy || retries || lag.isEmpty() || !lag.equals(before)) {
                idleSince = System.nanoTime();
            }
        }
        if (empty < LOOKS) {
            System.out.println("Counted too low by the broker: " + lag);
        }
    }

    /** How much waits in a queue or is worked on; -1 when the worker does not say, as one that has just been started. */
    static int of(int healthPort, String queue) {
        try {
            return Metrics.of(healthPort, "mail_queue_lag").stream().filter(line -> line.contains("\"" + queue + "\""))
                    .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).findFirst().orElse(-1);
        } catch (IOException notYet) {
            return -1;
        }
    }
}
