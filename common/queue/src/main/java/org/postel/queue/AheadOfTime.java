package org.postel.queue;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Order.Action;
import org.postel.queue.v1.Place;

/**
 * Records of the retry tiers that are to be moved before they are due, and those that were: these are passed over when their turn comes.
 * What was moved is itself a record of {@code mail.orders}, so another worker that takes over a tier passes them over too.
 */
final class AheadOfTime {

    private static final Logger LOG = Logger.getLogger(AheadOfTime.class);
    private static final String KEY = "moved ";
    private static final int MOST_ASKED = 100_000;

    private final Map<TopicPartition, NavigableMap<Long, ByteString>> asked = new ConcurrentHashMap<>();
    private final Map<TopicPartition, Set<Long>> moved = new ConcurrentHashMap<>();

    /** What is recorded once a record was moved. */
    static Order note(Place place, ByteString queueId, long at) {
        return Order.newBuilder().setQueueId(queueId).setAction(Action.MOVED).addPlaces(place).setAt(at).build();
    }

    /** Under which it is recorded; longer than a queue id, which is the key of the other orders. */
    static byte[] key(Place place) {
        return (KEY + place.getTopic() + "/" + place.getPartition() + "/" + place.getOffset()).getBytes(StandardCharsets.UTF_8);
    }

    void ask(Place place, ByteString queueId) {
        TopicPartition partition = partition(place);
        NavigableMap<Long, ByteString> waiting = asked.computeIfAbsent(partition, absent -> new ConcurrentSkipListMap<>());
        if (moved(partition, place.getOffset())) {
            return;
        }
        if (waiting.size() >= MOST_ASKED) {
            LOG.warnf("%s: too many records are to be moved at once: %s waits until it is due", partition, place);
            return;
        }
        waiting.put(place.getOffset(), queueId);
    }

    void moved(Place place) {
        moved.computeIfAbsent(partition(place), absent -> ConcurrentHashMap.newKeySet()).add(place.getOffset());
        answered(partition(place), place.getOffset());
    }

    boolean moved(TopicPartition partition, long offset) {
        return moved.getOrDefault(partition, Set.of()).contains(offset);
    }

    /** Offsets to be moved, with the message that is expected there, at most so many. */
    NavigableMap<Long, ByteString> asked(TopicPartition partition, int most) {
        NavigableMap<Long, ByteString> some = new TreeMap<>();
        NavigableMap<Long, ByteString> all = asked.get(partition);
        if (all != null) {
            all.entrySet().stream().limit(most).forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        }
        return some;
    }

    void answered(TopicPartition partition, long offset) {
        NavigableMap<Long, ByteString> waiting = asked.get(partition);
        if (waiting != null) {
            waiting.remove(offset);
        }
    }

    /** Its turn came and it was passed over. */
    void passed(TopicPartition partition, long offset) {
        // Not there when only the end of a move is still in the topic: what was moved was compacted away before it.
        Set<Long> some = moved.get(partition);
        if (some != null) {
            some.remove(offset);
        }
    }

    /** A record of {@code mail.orders} was taken back. */
    void forget(byte[] key) {
        String name = new String(key, StandardCharsets.UTF_8);
        int offset = name.lastIndexOf('/');
        int partition = name.lastIndexOf('/', offset - 1);
        if (name.startsWith(KEY) && partition > 0) {
            passed(new TopicPartition(name.substring(KEY.length(), partition), Integer.parseInt(name.substring(partition + 1, offset))),
                    Long.parseLong(name.substring(offset + 1)));
        }
    }

    private static TopicPartition partition(Place place) {
        return new TopicPartition(place.getTopic(), place.getPartition());
    }
}
