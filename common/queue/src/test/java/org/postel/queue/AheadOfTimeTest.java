package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.postel.queue.v1.Place;

class AheadOfTimeTest {

    private static final Place PLACE = Place.newBuilder().setTopic("mail.retry.1h").setPartition(1).setOffset(7).build();

    private final AheadOfTime orders = new AheadOfTime();

    /** Compaction removes the record of a move before the one that says that nobody needs it any more. */
    @Test
    void theEndOfAMoveMayComeWithoutTheMove() {
        orders.forget(AheadOfTime.key(PLACE));
        assertFalse(orders.moved(new TopicPartition("mail.retry.1h", 1), 7));
    }

    @Test
    void aMoveIsForgottenWhenItsTurnCame() {
        orders.moved(PLACE);
        assertTrue(orders.moved(new TopicPartition("mail.retry.1h", 1), 7));
        orders.forget(AheadOfTime.key(PLACE));
        assertFalse(orders.moved(new TopicPartition("mail.retry.1h", 1), 7));
    }
}
