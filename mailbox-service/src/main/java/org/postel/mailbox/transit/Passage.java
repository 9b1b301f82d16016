package org.postel.mailbox.transit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postel.queue.v1.QueueEntry;
import org.postel.queue.v1.QueueEntry.State;
import org.postel.queue.v1.TraceEvent;

/**
 * What was read about one message and is not written yet. Events of different processes may come a moment out of order, so they
 * are folded by their time, and "accepted" first.
 */
final class Passage {

    /** The recipient that stands for all of a message that is not routed yet. */
    static final String ALL = "";

    private static final Comparator<TraceEvent> ORDER =
            Comparator.comparing((TraceEvent event) -> Meaning.of(event.getStep()) != Meaning.ACCEPTED).thenComparingLong(TraceEvent::getAt);

    private final long first;
    private final boolean again;
    private final long begun;
    private final List<TraceEvent> events = new ArrayList<>();
    private long last;

    /**
     * What changes in the index.
     *
     * @param open     entries by recipient
     * @param ended    recipients whose entries go, where there were any
     * @param fromHere the message was accepted within this passage: nothing of it is in the index yet
     */
    record Change(Map<String, QueueEntry> open, Set<String> ended, boolean fromHere) {}

    /**
     * @param first offset of the first event
     * @param again perhaps somebody read and wrote some of it before
     * @param now   as of {@link System#nanoTime}
     */
    Passage(long first, boolean again, long now) {
        this.first = first;
        this.again = again;
        this.begun = now;
    }

    void add(TraceEvent event, long now) {
        events.add(event);
        last = now;
    }

    long first() {
        return first;
    }

    /** In the order in which they happened. */
    List<TraceEvent> events() {
        events.sort(ORDER);
        return events;
    }

    boolean olderThan(long nanos, long now) {
        return now - begun >= nanos;
    }

    /** Accepted and at its end for all we know, and nothing came for a while. */
    boolean atRest(long quietNanos, long now) {
        if (now - last < quietNanos || events.size() < 2) {
            return false;
        }
        return events.stream().anyMatch(event -> Meaning.of(event.getStep()) == Meaning.ACCEPTED) && change().open().isEmpty();
    }

    Change change() {
        Map<String, QueueEntry> open = new HashMap<>();
        Set<String> ended = new HashSet<>();
        boolean fromHere = false;
        for (TraceEvent event : events()) {
            switch (Meaning.of(event.getStep())) {
                case ACCEPTED -> {
                    fromHere = true;
                    open.put(ALL, entry(event, State.ACCEPTED));
                }
                case RELAYING -> open(event, State.RELAYING, open, ended);
                case DEFERRED -> open(event, State.DEFERRED, open, ended);
                case ENDED -> end(event, open, ended);
                case TOLD -> {
                    // The queue is as it was.
                }
            }
        }
        return new Change(open, ended, fromHere && !again);
    }

    private static void open(TraceEvent event, State state, Map<String, QueueEntry> open, Set<String> ended) {
        end(event, open, ended);
        ended.remove(event.getRecipient());
        open.put(event.getRecipient(), entry(event, state));
    }

    /** The router deals with all recipients of a message at once, so news of one ends the entry for all; news of an alias's target that of the alias. */
    private static void end(TraceEvent event, Map<String, QueueEntry> open, Set<String> ended) {
        for (String recipient : List.of(ALL, event.getOriginal(), event.getRecipient())) {
            open.remove(recipient);
            ended.add(recipient);
        }
    }

    private static QueueEntry entry(TraceEvent event, State state) {
        QueueEntry.Builder entry = QueueEntry.newBuilder().setRecipient(event.getRecipient()).setState(state).setSender(event.getSender()).setSize(event.getSize())
                .setAttempts(event.getAttempts()).setSince(event.getAt()).setDueAt(event.getDueAt()).setDetail(event.getDetail());
        return event.hasPlace() ? entry.setPlace(event.getPlace()).build() : entry.build();
    }
}
