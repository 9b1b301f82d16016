package org.postel.queue;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/** Takes dead letters and nothing else. */
final class Letters implements QueueWriter {

    final List<DeadLetter> dead = new ArrayList<>();

    @Override
    public void bury(DeadLetter letter) {
        dead.add(letter);
    }

    @Override
    public void enqueue(QueuedMessage message) {
        fail("not to be enqueued");
    }

    @Override
    public void relay(QueuedMessage message) {
        fail("not to be relayed");
    }

    @Override
    public void relaySlowly(QueuedMessage message) {
        fail("not to be relayed");
    }

    @Override
    public Place retry(QueuedMessage message, Duration tier) {
        return fail("not to be retried");
    }

    @Override
    public void takeBack(Place place, QueuedMessage message) {
        fail("not to be taken back");
    }

    @Override
    public void hold(QueuedMessage message) {
        fail("not to be held");
    }

    @Override
    public void trace(TraceEvent event) {
        fail("not to be traced");
    }
}
