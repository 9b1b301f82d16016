package org.postel.mailbox.events;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postel.mailbox.api.v1.MailboxEvent;

@Timeout(30)
class PendingEventsTest {

    private static MailboxEvent event(int mailbox, long modseq) {
        return MailboxEvent.newBuilder().setMailboxId(ByteString.copyFrom(new byte[] {(byte) mailbox})).setModseq(modseq).build();
    }

    @Test
    void whatComesInThePauseGoesTogether() throws InterruptedException {
        Duration pause = Duration.ofMillis(100);
        PendingEvents pending = new PendingEvents(10, pause, pause);
        pending.add(event(1, 1));
        long first = System.nanoTime();
        assertEquals(List.of(event(1, 1)), pending.take());
        pending.add(event(1, 2));
        pending.add(event(2, 7));
        Thread.ofVirtual().start(() -> pending.add(event(1, 3))).join();
        assertEquals(List.of(event(1, 3), event(2, 7)), pending.take());
        assertTrue(System.nanoTime() - first >= pause.toNanos());
    }

    @Test
    void whatRestedIsToldOfBesideWhatIsBusy() throws InterruptedException {
        PendingEvents pending = new PendingEvents(10, Duration.ofNanos(1), Duration.ofHours(1));
        pending.add(event(1, 1));
        for (int modseq = 2; modseq <= 11; modseq++) {
            pending.take();
            pending.add(event(1, modseq));
        }
        pending.add(event(2, 1));
        assertEquals(List.of(event(2, 1)), pending.take());
        pending.close();
        assertEquals(List.of(event(1, 11)), pending.take());
    }

    @Test
    void theFirstWaitsForNoPause() throws InterruptedException {
        PendingEvents pending = new PendingEvents(10, Duration.ofHours(1), Duration.ofHours(1));
        Thread.ofVirtual().start(() -> pending.add(event(1, 1)));
        assertEquals(List.of(event(1, 1)), pending.take());
    }

    @Test
    void closingWaitsForNoPause() throws InterruptedException {
        PendingEvents pending = new PendingEvents(10, Duration.ofHours(1), Duration.ofHours(1));
        pending.add(event(1, 1));
        pending.take();
        pending.add(event(1, 2));
        pending.close();
        assertEquals(List.of(event(1, 2)), pending.take());
        assertEquals(List.of(), pending.take());
        assertFalse(pending.add(event(1, 3)));
    }

    @Test
    void annotationsAreToldTogetherAndBesideMessages() throws InterruptedException {
        PendingEvents pending = new PendingEvents(10, Duration.ZERO, Duration.ZERO);
        pending.add(event(1, 5));
        pending.add(event(1, 0).toBuilder().addMetadataEntry("/shared/a").build());
        pending.add(event(1, 0).toBuilder().addMetadataEntry("/shared/b").addMetadataEntry("/shared/a").build());
        assertEquals(List.of(event(1, 5), event(1, 0).toBuilder().addMetadataEntry("/shared/a").addMetadataEntry("/shared/b").build()), pending.take());
    }

    @Test
    void accessIsToldBesideTheTreeOfNames() throws InterruptedException {
        PendingEvents pending = new PendingEvents(10, Duration.ZERO, Duration.ZERO);
        MailboxEvent tree = event(1, 1).toBuilder().clearMailboxId().build();
        MailboxEvent access = tree.toBuilder().clearModseq().setAccessChanged(true).build();
        pending.add(access);
        pending.add(tree);
        pending.add(access);
        assertEquals(List.of(access, tree), pending.take());
    }

    @Test
    void whatIsTooMuchIsDropped() {
        PendingEvents pending = new PendingEvents(1, Duration.ZERO, Duration.ZERO);
        assertTrue(pending.add(event(1, 1)));
        assertFalse(pending.add(event(2, 1)));
        assertTrue(pending.add(event(1, 2)));
    }
}
