package org.postel.mailbox.transit;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import org.postel.queue.QueueProbe;
import org.postel.queue.QueueProducer;
import org.postel.queue.QueueSettings;
import org.postel.queue.QueueUnavailableException;
import org.postel.queue.RecordReader;

/** The queue, for an operator's orders and looks. Connects at the first one: while no broker's name can be resolved, nothing can be made. */
public final class QueueAccess implements AutoCloseable {

    private final QueueSettings settings;
    private final MeterRegistry metrics;
    private Optional<QueueProducer> producer = Optional.empty();
    private Optional<QueueProbe> probe = Optional.empty();

    public QueueAccess(QueueSettings settings, MeterRegistry metrics) {
        this.settings = settings;
        this.metrics = metrics;
    }

    synchronized QueueProducer producer() throws QueueUnavailableException {
        if (producer.isEmpty()) {
            try {
                producer = Optional.of(new QueueProducer(settings, metrics));
            } catch (RuntimeException e) {
                throw new QueueUnavailableException("the queue cannot be reached: " + e.getMessage(), e);
            }
        }
        return producer.get();
    }

    /** Whether a broker answered within three seconds. */
    boolean answers() {
        try {
            return probe().reachable();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private synchronized QueueProbe probe() {
        if (probe.isEmpty()) {
            probe = Optional.of(new QueueProbe(settings));
        }
        return probe.get();
    }

    RecordReader reader() throws QueueUnavailableException {
        return new RecordReader(settings);
    }

    @Override
    public synchronized void close() {
        producer.ifPresent(QueueProducer::close);
        probe.ifPresent(QueueProbe::close);
    }
}
