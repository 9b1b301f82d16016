package org.postel.delivery.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.QueuedMessage;

/** The sender of mail that takes long is told once: RFC 3464 §2.3.3, RFC 3461 §4.1. The fixture warns after 4 hours. */
class DelayWarningTest {

    private static final Duration LATE = Duration.ofHours(4);
    private final Fixture fixture = new Fixture();

    @Test
    void mailThatWaitsForFourHoursIsToldOfOnce() throws Exception {
        QueuedMessage again = defer(old(Fixture.message("bob@example.org"), LATE));
        assertEquals(1, fixture.queue.enqueued.size());
        String notification = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertTrue(notification.contains("Action: delayed\r\nStatus: 4.4.1\r\n"), notification);
        assertTrue(notification.contains("Will-Retry-Until: Fri, 6 Mar 2026 08:00:00 +0000\r\n"), notification);
        assertTrue(notification.contains("Subject: Your mail is delayed: hello\r\n"), notification);
        assertEquals("alice@example.test", fixture.queue.enqueued.getFirst().getRecipients(0).getAddress());
        defer(again);
        assertEquals(1, fixture.queue.enqueued.size());
    }

    @Test
    void mailThatIsTriedForLessIsNot() throws Exception {
        QueuedMessage again = defer(old(Fixture.message("bob@example.org"), LATE.minusMillis(1)));
        assertTrue(fixture.queue.enqueued.isEmpty());
        assertEquals(0, again.getRecipients(0).getWarnedAt());
    }

    /** It was held, and is tried for the whole time again. */
    @Test
    void releasedMailIsLateFromItsReleaseOn() throws Exception {
        QueuedMessage held = old(Fixture.message("bob@example.org"), Duration.ofDays(6));
        defer(held.toBuilder().setReleasedAt(Fixture.NOW.minus(Duration.ofHours(1)).toEpochMilli()).build());
        assertTrue(fixture.queue.enqueued.isEmpty());
        defer(held.toBuilder().setReleasedAt(Fixture.NOW.minus(LATE).toEpochMilli()).build());
        String notification = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertTrue(notification.contains("Will-Retry-Until: Fri, 6 Mar 2026 08:00:00 +0000\r\n"), notification);
    }

    @Test
    void onlyWhoWantsToHearOfDelaysDoes() throws Exception {
        defer(old(Fixture.asking("SUCCESS,FAILURE", "bob@example.org"), LATE));
        defer(old(Fixture.asking("NEVER", "bob@example.org"), LATE));
        assertTrue(fixture.queue.enqueued.isEmpty());
        defer(old(Fixture.asking("FAILURE,DELAY", "bob@example.org"), LATE));
        assertEquals(1, fixture.queue.enqueued.size());
    }

    @Test
    void nobodyIsToldAboutTheNullReversePath() throws Exception {
        defer(old(Fixture.message("bob@example.org"), LATE).toBuilder().setReversePath("").build());
        assertTrue(fixture.queue.enqueued.isEmpty());
    }

    /** A worker that died before the retry was durable says the same again, which the store knows. */
    @Test
    void theSameWarningHasTheSameId() throws Exception {
        QueuedMessage message = old(Fixture.message("bob@example.org"), LATE);
        defer(message);
        defer(message);
        assertEquals(fixture.queue.enqueued.get(0).getQueueId(), fixture.queue.enqueued.get(1).getQueueId());
    }

    @Test
    void theFailureAtTheEndIsToldOfAllTheSame() throws Exception {
        QueuedMessage again = defer(old(Fixture.message("bob@example.org"), LATE));
        settle(old(again, Duration.ofDays(5)));
        assertEquals(2, fixture.queue.enqueued.size());
        assertTrue(fixture.queue.enqueued.get(1).getInline().toStringUtf8().contains("Action: failed"));
        assertFalse(fixture.queue.enqueued.get(1).getInline().toStringUtf8().contains("Will-Retry-Until"));
        assertNotEquals(fixture.queue.enqueued.get(0).getQueueId(), fixture.queue.enqueued.get(1).getQueueId());
    }

    private QueuedMessage defer(QueuedMessage message) throws InterruptedException {
        settle(message);
        return fixture.queue.retries.getLast().message();
    }

    private void settle(QueuedMessage message) throws InterruptedException {
        fixture.aftermath.settle(message, Target.REMOTE, List.of(new RecipientOutcome(message.getRecipients(0),
                new Result.Deferred(Failures.of("4.4.1", "No mail server of the domain could be reached.")))));
    }

    private static QueuedMessage old(QueuedMessage message, Duration age) {
        return message.toBuilder().setAcceptedAt(Fixture.NOW.minus(age).toEpochMilli()).build();
    }
}
