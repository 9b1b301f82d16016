package org.postel.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Tells up to where a partition's records are done for good, from readings of the first offset that is not done.
 *
 * <p>One reading does not tell it: a broker (4.3.1) takes a share partition's state for its disk without holding the partition's
 * lock, so that two states may be stored in the wrong order, and the next leader goes on at the older one. If the log begins
 * behind that, it finds nothing at the offset that it must hand out next, and the partition stands still for ever. So an
 * offset is settled when every reading of a while was at least as high. Not for several threads.
 */
final class SettledOffsets {

    private record Reading(long at, long offset) {}

    private final Duration settling;
    private final Map<TopicPartition, Long> begun = new HashMap<>();
    /** Rising: a lower reading takes away the higher ones before it. */
    private final Map<TopicPartition, Deque<Reading>> lowest = new HashMap<>();

    /** @param settling longer than a state may be on its way to the broker's disk, retries included */
    SettledOffsets(Duration settling) {
        this.settling = settling;
    }

    /**
     * Takes a reading.
     *
     * @param offset the first one that is not done
     * @param now in nanoseconds, as {@link System#nanoTime()}
     * @return all before it is done for good; empty while the partition is not known for long enough
     */
    OptionalLong read(TopicPartition partition, long offset, long now) {
        long known = now - begun.computeIfAbsent(partition, first -> now);
        Deque<Reading> readings = lowest.computeIfAbsent(partition, first -> new ArrayDeque<>());
        while (!readings.isEmpty() && readings.peekLast().offset() >= offset) {
            readings.removeLast();
        }
        readings.addLast(new Reading(now, offset));
        while (now - readings.peekFirst().at() > settling.toNanos()) {
            readings.removeFirst();
        }
        return known >= settling.toNanos() ? OptionalLong.of(readings.peekFirst().offset()) : OptionalLong.empty();
    }
}
