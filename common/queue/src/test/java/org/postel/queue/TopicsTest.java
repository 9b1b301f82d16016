package org.postel.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void tierIsNamedByItsLargestWholeUnit() {
        assertEquals("mail.retry.30s", Topics.retry(Duration.ofSeconds(30)));
        assertEquals("mail.retry.5m", Topics.retry(Duration.ofMinutes(5)));
        assertEquals("mail.retry.90m", Topics.retry(Duration.ofMinutes(90)));
        assertEquals("mail.retry.2h", Topics.retry(Duration.ofHours(2)));
    }

    @Test
    void tiersMustRiseByWholeSeconds() {
        assertThrows(IllegalArgumentException.class, () -> new Topics(List.of()));
        assertThrows(IllegalArgumentException.class, () -> new Topics(List.of(Duration.ZERO)));
        assertThrows(IllegalArgumentException.class, () -> new Topics(List.of(Duration.ofMillis(1500))));
        assertThrows(IllegalArgumentException.class, () -> new Topics(List.of(Duration.ofMinutes(5), Duration.ofMinutes(5))));
    }

    @Test
    void settingsThatKafkaWouldRefuseLateAreRefusedAtOnce() {
        QueueSettings sane = QueueSettings.local("127.0.0.1:9092");
        assertThrows(IllegalArgumentException.class, () -> QueueSettings.local(" "));
        assertThrows(IllegalArgumentException.class, () -> new QueueSettings(sane.bootstrapServers(), sane.topics(), 0,
                sane.replicationFactor(), sane.maxRecordBytes(), sane.producerBufferBytes(), sane.enqueueTimeout(),
                sane.recordLock(), sane.deliveryLimit(), sane.client()));
        assertThrows(IllegalArgumentException.class, () -> new QueueSettings(sane.bootstrapServers(), sane.topics(), 1,
                sane.replicationFactor(), sane.maxRecordBytes(), 10, sane.enqueueTimeout(), sane.recordLock(),
                sane.deliveryLimit(), sane.client()));
    }
}
