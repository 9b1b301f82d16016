package org.postel.delivery.outcome;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/** Keeps what was written. */
public final class QueueInMemory implements DurableQueue {

    /** A message on a retry tier. */
    public record Retry(QueuedMessage message, Duration delay) {}

    public final List<QueuedMessage> enqueued = Collections.synchronizedList(new ArrayList<>());
    public final List<QueuedMessage> relayed = Collections.synchronizedList(new ArrayList<>());
    public final List<QueuedMessage> slow = Collections.synchronizedList(new ArrayList<>());
    public final List<Retry> retries = Collections.synchronizedList(new ArrayList<>());
    public final List<Place> takenBack = Collections.synchronizedList(new ArrayList<>());
    public final List<QueuedMessage> held = Collections.synchronizedList(new ArrayList<>());
    public final List<DeadLetter> dead = Collections.synchronizedList(new ArrayList<>());
    public final List<TraceEvent> traces = Collections.synchronizedList(new ArrayList<>());
    /** What {@link #retry} fails with, if it is to. */
    public volatile Optional<RuntimeException> refusal = Optional.empty();

    @Override
    public void enqueue(QueuedMessage message) {
        enqueued.add(message);
    }

    @Override
    public void relay(QueuedMessage message) {
        relayed.add(message);
    }

    @Override
    public void relaySlowly(QueuedMessage message) {
        slow.add(message);
    }

    @Override
    public Place retry(QueuedMessage message, Duration delay) {
        refusal.ifPresent(failure -> {
            throw failure;
        });
        retries.add(new Retry(message, delay));
        return Place.newBuilder().setTopic("mail.retry.test").setOffset(retries.size() - 1L).build();
    }

    @Override
    public void takeBack(Place place, QueuedMessage message) {
        takenBack.add(place);
    }

    @Override
    public void hold(QueuedMessage message) {
        held.add(message);
    }

    @Override
    public void bury(DeadLetter letter) {
        dead.add(letter);
    }

    @Override
    public void trace(TraceEvent event) {
        traces.add(event);
    }

    /** The steps of the traces, in their order. */
    public List<String> steps() {
        return traces.stream().map(TraceEvent::getStep).toList();
    }
}
