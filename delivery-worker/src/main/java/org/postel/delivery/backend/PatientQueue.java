package org.postel.delivery.backend;

import java.time.Duration;
import org.jboss.logging.Logger;
import org.postel.delivery.outcome.DurableQueue;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.QueueWriter;
import org.postel.queue.v1.DeadLetter;
import org.postel.queue.v1.Place;
import org.postel.queue.v1.QueuedMessage;
import org.postel.queue.v1.TraceEvent;

/**
 * Writes until the queue has it. Only an interrupt, of the message in hand or at the end of the process, ends the wait before; a thread that is
 * interrupted already writes nothing.
 */
public final class PatientQueue implements DurableQueue {

    private static final Logger LOG = Logger.getLogger(PatientQueue.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final QueueWriter writer;

    /** @param writer the queue */
    public PatientQueue(QueueWriter writer) {
        this.writer = writer;
    }

    @Override
    public void enqueue(QueuedMessage message) throws InterruptedException {
        persist(() -> writer.enqueue(message));
    }

    @Override
    public void relay(QueuedMessage message) throws InterruptedException {
        persist(() -> writer.relay(message));
    }

    @Override
    public void relaySlowly(QueuedMessage message) throws InterruptedException {
        persist(() -> writer.relaySlowly(message));
    }

    @Override
    public Place retry(QueuedMessage message, Duration delay) throws InterruptedException {
        return persisted(() -> writer.retry(message, delay));
    }

    @Override
    public void takeBack(Place place, QueuedMessage message) throws InterruptedException {
        persist(() -> writer.takeBack(place, message));
    }

    @Override
    public void hold(QueuedMessage message) throws InterruptedException {
        persist(() -> writer.hold(message));
    }

    @Override
    public void bury(DeadLetter letter) throws InterruptedException {
        persist(() -> writer.bury(letter));
    }

    @Override
    public void trace(TraceEvent event) {
        writer.trace(event);
    }

    private interface Write {
        void run() throws QueueUnavailableException, InterruptedException;
    }

    private interface PlacedWrite {
        Place run() throws QueueUnavailableException, InterruptedException;
    }

    private static void persist(Write write) throws InterruptedException {
        persisted(() -> {
            write.run();
            return Place.getDefaultInstance();
        });
    }

    private static Place persisted(PlacedWrite write) throws InterruptedException {
        while (true) {
            // The client sends first and looks then: the record would be in the queue, and nobody know of it.
            if (Thread.interrupted()) {
                throw new InterruptedException("nothing was written");
            }
            try {
                return write.run();
            } catch (QueueUnavailableException e) {
                LOG.warnf("waiting for the queue: %s", e.getMessage());
            }
            Thread.sleep(PAUSE);
        }
    }
}
