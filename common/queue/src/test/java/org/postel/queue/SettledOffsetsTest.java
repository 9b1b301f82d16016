package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SettledOffsetsTest {

    private static final TopicPartition PARTITION = new TopicPartition(Topics.ACCEPTED, 0);
    private final SettledOffsets offsets = new SettledOffsets(Duration.ofSeconds(10));

    @Test
    void nothingIsSettledOfAPartitionThatIsNotKnownForLong() {
        assertEquals(OptionalLong.empty(), read(7, 100));
        assertEquals(OptionalLong.empty(), read(16, 100));
        assertEquals(OptionalLong.of(100), read(17, 100));
        assertEquals(OptionalLong.empty(), offsets.read(new TopicPartition(Topics.ACCEPTED, 1), 100, seconds(17)));
    }

    @Test
    void whatWasReadLatelyIsNotSettled() {
        read(0, 100);
        read(4, 200);
        read(8, 300);
        assertEquals(OptionalLong.of(100), read(10, 400));
        assertEquals(OptionalLong.of(200), read(14, 400));
        assertEquals(OptionalLong.of(400), read(20, 500));
    }

    @Test
    void aReadingThatGoesBackIsWhatCounts() {
        read(0, 100);
        read(5, 6171);
        assertEquals(OptionalLong.of(100), read(10, 6171));
        assertEquals(OptionalLong.of(5258), read(11, 5258));
        assertEquals(OptionalLong.of(5258), read(21, 7000));
        assertEquals(OptionalLong.of(7000), read(22, 7100));
    }

    private OptionalLong read(int second, long offset) {
        return offsets.read(PARTITION, offset, seconds(second));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos() - Long.MAX_VALUE / 2;
    }
}
