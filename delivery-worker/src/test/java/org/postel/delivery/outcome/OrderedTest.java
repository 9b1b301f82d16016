package org.postel.delivery.outcome;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.postel.delivery.Fixture;
import org.postel.queue.v1.Order;
import org.postel.queue.v1.Order.Action;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/** What becomes of a message that an operator ordered something about; and what the index of the queue is told. */
class OrderedTest {

    private final Fixture fixture = new Fixture();
    private final QueuedMessage message = Fixture.message("bob@remote.test", "carol@remote.test");

    @Test
    void withoutAnOrderItGoesItsWay() throws InterruptedException {
        assertFalse(ordered(Optional.empty()).carriedOut(message, Target.REMOTE));
        assertFalse(ordered(Optional.of(Action.RETRY)).carriedOut(message, Target.REMOTE));
        assertEquals(List.of(), fixture.queue.traces);
    }

    @Test
    void heldMailIsPutAsideAsItIs() throws InterruptedException {
        assertTrue(ordered(Optional.of(Action.HOLD)).carriedOut(message, Target.REMOTE));
        assertEquals(List.of(message), fixture.queue.held);
        assertEquals(List.of("held", "held"), fixture.queue.steps());
    }

    @Test
    void bouncedMailIsToldItsSender() throws InterruptedException {
        assertTrue(ordered(Optional.of(Action.BOUNCE)).carriedOut(message, Target.REMOTE));
        assertEquals("alice@example.test", fixture.queue.enqueued.getFirst().getRecipients(0).getAddress());
        String notification = fixture.queue.enqueued.getFirst().getInline().toStringUtf8();
        assertTrue(notification.contains("Status: 5.0.0"), notification);
        assertTrue(notification.contains("carol@remote.test"), notification);
        assertEquals(List.of("bounced", "bounced"), fixture.queue.steps());
    }

    @Test
    void deletedMailIsGoneWithoutAWord() throws InterruptedException {
        assertTrue(ordered(Optional.of(Action.DELETE)).carriedOut(message, Target.LOCAL));
        assertEquals(List.of(), fixture.queue.enqueued);
        assertEquals(List.of("deleted", "deleted"), fixture.queue.steps());
    }

    @Test
    void whatIsDeferredIsToldWithItsPlaceAndTime() throws InterruptedException {
        fixture.aftermath.settle(message, Target.REMOTE, List.of(new RecipientOutcome(message.getRecipients(0), deferred())));
        TraceEvent event = fixture.queue.traces.getFirst();
        assertEquals(List.of("deferred", "bob@remote.test", "alice@example.test"), List.of(event.getStep(), event.getRecipient(), event.getSender()));
        assertEquals(Place.newBuilder().setTopic("mail.retry.test").build(), event.getPlace());
        assertEquals(Fixture.NOW.plus(Duration.ofMinutes(5)).toEpochMilli(), event.getDueAt());
        assertEquals(1, event.getAttempts());
        assertEquals(message.getInline().size(), event.getSize());
    }

    @Test
    void theTimeToDeliverIsWholeAgainAfterARelease() throws InterruptedException {
        Instant longAgo = Fixture.NOW.minus(Duration.ofDays(9));
        QueuedMessage old = message.toBuilder().setAcceptedAt(longAgo.toEpochMilli()).build();
        fixture.aftermath.settle(old, Target.REMOTE, List.of(new RecipientOutcome(old.getRecipients(0), deferred())));
        assertEquals(0, fixture.queue.retries.size());
        QueuedMessage released = old.toBuilder().setReleasedAt(Fixture.NOW.minusSeconds(60).toEpochMilli()).build();
        fixture.aftermath.settle(released, Target.REMOTE, List.of(new RecipientOutcome(released.getRecipients(0), deferred())));
        assertEquals(1, fixture.queue.retries.size());
    }

    private static Result deferred() {
        return new Result.Deferred(Failures.of("4.4.1", "Nobody there."));
    }

    private Ordered ordered(Optional<Action> action) {
        return new Ordered(about -> action.map(what -> Order.newBuilder().setAction(what).build()), fixture.queue, fixture.aftermath, fixture.traces);
    }
}
